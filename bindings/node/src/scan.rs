//! Files: JavaScript asks for the next slices and may stop at any time, so that nothing outlives its caller.

use std::sync::{Arc, Mutex};

use napi::bindgen_prelude::AsyncTask;
use napi::{Env, Error, Result, Task};
use napi_derive::napi;

use crate::found::options;
use crate::slices::{SLICE, Slices};

/// A file under way.
#[napi]
pub struct FileScan {
    slices: Arc<Mutex<Slices>>,
}

#[napi]
impl FileScan {
    /// Opens a regular file; with `rows`, every finding is reported, otherwise they are only counted.
    #[napi(constructor)]
    pub fn new(path: String, bare_words: bool, threads: u32, rows: bool) -> Result<Self> {
        let slices =
            Slices::open(&path, options(bare_words), threads as usize, rows, SLICE).map_err(|e| Error::from_reason(e.to_string()))?;
        Ok(Self { slices: Arc::new(Mutex::new(slices)) })
    }

    /// Scans on for a while in the background: `[ended, bytes, events, rows]` as JSON.
    #[napi(ts_return_type = "Promise<string>")]
    pub fn next(&self) -> AsyncTask<Next> {
        AsyncTask::new(Next(Arc::clone(&self.slices)))
    }

    /// The counts so far: JSON rows of dialect, candidates, value, condition, count, first and last offset.
    #[napi]
    pub fn groups(&self) -> Result<String> {
        Ok(self.slices.lock().map_err(|_| Error::from_reason("an earlier slice failed"))?.groups())
    }
}

/// One call's work.
pub struct Next(Arc<Mutex<Slices>>);

impl Task for Next {
    type Output = String;
    type JsValue = String;

    fn compute(&mut self) -> Result<String> {
        let mut slices = self.0.lock().map_err(|_| Error::from_reason("an earlier slice failed"))?;
        slices.work().map_err(|e| Error::from_reason(e.to_string()))
    }

    fn resolve(&mut self, _: Env, output: String) -> Result<String> {
        Ok(output)
    }
}
