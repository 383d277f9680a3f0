//! A disk that fills up and a data folder that cannot be written.
#![cfg(target_os = "linux")]

use crate::booth::{Booth, PATIENCE, wait_for};
use crate::namespace::Namespace;
use crate::rehearsal::{PROGRAM, arguments, confirmed};
use anyhow::{Context, Result};
use std::fs;
use std::path::PathBuf;

const STUDENT: &str = "24010001";

/// A station whose data folder is a small file system of its own.
struct Station {
    booth: Booth,
    inside: Namespace,
    data: String,
    out: PathBuf,
}

impl Station {
    fn on_a_small_disk() -> Result<Self> {
        let booth = Booth::open()?;
        let mut inside = Namespace::enter()?;
        let data = booth.settings.data.display().to_string();
        inside.run(&format!(
            "cp -a '{data}' '{data}.seed' && mount -t tmpfs -o size=24m,mode=700 tmpfs '{data}' && cp -a '{data}.seed/.' '{data}'"
        ))?;
        let out = booth.folder().join("out.txt");
        Ok(Self {
            booth,
            inside,
            data,
            out,
        })
    }

    /// Starts the scripted run; what it says goes to `out`.
    fn rehearse(&mut self, students: &[String], more: &[String]) -> Result<()> {
        let words = [
            arguments(&self.booth.settings.data, &self.booth.camera, students),
            more.to_vec(),
        ]
        .concat();
        let out = self.out.display();
        let line = format!(
            "'{PROGRAM}' '{}' >'{out}' 2>'{out}.err' </dev/null &",
            words.join("' '")
        );
        // The run before has said its last word but may still hold the data folder.
        self.inside.run("wait")?;
        fs::write(&self.out, "")?;
        self.inside.run(&line).map(drop)
    }

    /// Waits until the run has said this; gives all it said.
    fn hears(&self, what: &str) -> Result<String> {
        let said = || {
            let text = fs::read_to_string(&self.out)?;
            Ok(text.contains(what).then_some(text))
        };
        wait_for(what, PATIENCE, said).with_context(|| {
            let err = fs::read_to_string(self.out.with_extension("txt.err")).unwrap_or_default();
            format!("{}\n{err}", fs::read_to_string(&self.out).unwrap_or_default())
        })
    }

    fn arrives_once(&self, packet: &str) -> Result<()> {
        let held = self.booth.central()?.packets()?;
        assert_eq!(held.len(), 1, "{held:?}");
        assert_eq!(held[0].id, packet);
        Ok(())
    }
}

#[test]
fn a_full_disk_loses_nothing() -> Result<()> {
    let mut station = Station::on_a_small_disk()?;
    let hold = station.booth.folder().join("go-on");
    let more = [
        "--hold".to_string(),
        hold.display().to_string(),
        "--drain".to_string(),
    ];
    station.rehearse(&[STUDENT.to_string()], &more)?;
    station.hears("last look")?;
    let data = station.data.clone();
    station.inside.run(&format!(
        "cat /dev/zero >'{data}/other-files' 2>/dev/null; test -s '{data}/other-files'"
    ))?;
    fs::write(&hold, "")?;
    let said = station.hears("fault ")?;
    assert!(said.contains("fault store_full"), "{said}");
    assert_eq!(
        confirmed(&said),
        Vec::<String>::new(),
        "nothing is promised that is not kept"
    );
    station.inside.run(&format!("rm '{data}/other-files'"))?;
    let said = station.hears("drained 1")?;
    let packets = confirmed(&said);
    assert_eq!(packets.len(), 1, "{said}");
    station.arrives_once(&packets[0])
}

#[test]
fn a_read_only_data_folder_is_named_and_nothing_is_lost() -> Result<()> {
    let mut station = Station::on_a_small_disk()?;
    // One photo waits in the queue: the server goes away once the roster is here.
    station.rehearse(&[], &["--drain".to_string()])?;
    station.hears("drained 0")?;
    let hold = station.booth.folder().join("go-on");
    let more = ["--hold".to_string(), hold.display().to_string()];
    station.rehearse(&[STUDENT.to_string()], &more)?;
    station.hears("last look")?;
    station.booth.stop_central();
    fs::write(&hold, "")?;
    let packets = confirmed(&station.hears("confirmed ")?);
    station.inside.run("wait")?;

    let data = station.data.clone();
    station.inside.run(&format!("mount -o remount,ro '{data}'"))?;
    station.rehearse(&[], &["--drain".to_string()])?;
    station.hears("fault store_read_only")?;
    station
        .inside
        .run(&format!("wait; mount -o remount,rw '{data}'"))?;

    station.booth.start_central()?;
    station.rehearse(&[], &["--drain".to_string()])?;
    station.hears("drained 1")?;
    station.arrives_once(&packets[0])
}
