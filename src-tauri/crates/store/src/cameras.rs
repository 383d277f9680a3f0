//! What operators chose for their cameras.

use crate::trouble::Trouble;
use crate::words::{read_record, record};
use domain::camera::{CameraChoice, CameraSetting};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeMap;

/// The setting of every camera that was ever set up here, by its id.
pub(crate) fn settings(connection: &Connection) -> Result<BTreeMap<String, CameraSetting>, Trouble> {
    let mut statement = connection.prepare_cached("SELECT camera, record FROM camera_setting")?;
    let rows = statement
        .query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?
        .collect::<Result<Vec<_>, _>>()?;
    rows.into_iter()
        .map(|(camera, text)| Ok((camera, read_record(&text)?)))
        .collect()
}

/// Keeps the setting of a camera.
pub(crate) fn keep_setting(
    connection: &Connection,
    camera: &str,
    setting: &CameraSetting,
) -> Result<(), Trouble> {
    connection.execute(
        "INSERT INTO camera_setting (camera, record) VALUES (?, ?)
         ON CONFLICT (camera) DO UPDATE SET record = excluded.record",
        params![camera, record(setting)?],
    )?;
    Ok(())
}

/// Which camera the desk uses; the default until one was chosen.
pub(crate) fn choice(connection: &Connection) -> Result<CameraChoice, Trouble> {
    let text: Option<String> = connection
        .query_row("SELECT record FROM camera_choice", [], |row| row.get(0))
        .optional()?;
    Ok(text
        .map(|text| read_record(&text))
        .transpose()?
        .unwrap_or_default())
}

/// Keeps the choice.
pub(crate) fn keep_choice(connection: &Connection, choice: &CameraChoice) -> Result<(), Trouble> {
    connection.execute(
        "INSERT INTO camera_choice (only_one, record) VALUES (1, ?)
         ON CONFLICT (only_one) DO UPDATE SET record = excluded.record",
        [record(choice)?],
    )?;
    Ok(())
}
