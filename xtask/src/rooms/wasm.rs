//! The room `wasm`.

use anyhow::Result;

use super::Room;
use crate::run::{Context, Tally};

pub const ROOM: Room = Room { name: "wasm", build: None, test, demo: None, bench: None };

fn test(_: &Context) -> Result<Tally> {
    Ok(Tally::default())
}
