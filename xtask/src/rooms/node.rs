//! The room `node`.

use anyhow::Result;

use super::Room;
use crate::run::{Context, Tally};

pub const ROOM: Room = Room { name: "node", build: None, test, demo: None, bench: None };

fn test(_: &Context) -> Result<Tally> {
    Ok(Tally::default())
}
