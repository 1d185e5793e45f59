//! What is generated for the room `python`.

use anyhow::Result;

use super::Output;
use crate::registry::Registry;

pub fn outputs(_: &Registry) -> Result<Vec<Output>> {
    Ok(Vec::new())
}
