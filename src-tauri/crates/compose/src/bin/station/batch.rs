//! `station standardise` and `station check`.

use anyhow::Context;
use clap::{Args, ValueEnum};
use compose::batch::{self, Input, Progress, Request, RequestFault, Summary, request};
use compose::{Settings, models_folder};
use domain::specification::PhotoSpecification;
use std::io::{Read, Write, stdout};
use std::path::PathBuf;
use std::process::exit;

/// How results are told on standard output.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One line a picture.
    Text,
    /// The summary as JSON.
    Json,
    /// The summary as CSV.
    Csv,
}

#[derive(Args)]
struct Named {
    /// Files, and folders of pictures.
    #[arg(value_name = "IN")]
    inputs: Vec<PathBuf>,
    /// Also the folders in folders.
    #[arg(long)]
    recursive: bool,
    /// A document {"items": [{"input": "path", "name": "optional"}]} instead; - reads it from standard input.
    #[arg(long, value_name = "FILE", conflicts_with = "inputs")]
    json: Option<PathBuf>,
    /// Id of the specification; `station specs` lists them.
    #[arg(long, alias = "specification", default_value = "graduation-480x640")]
    spec: String,
    /// Workers; without it one a processor core.
    #[arg(long)]
    jobs: Option<usize>,
    /// How results are told on standard output.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Nothing on standard error but faults.
    #[arg(long)]
    quiet: bool,
}

/// Each picture becomes NAME.jpg with its report NAME.json in the output folder; summary.json, summary.csv and
/// contact.svg tell of all. A run that was cut off goes on where it stopped.
///
/// Ends with 0 when all are photos, 1 when some were refused, 2 when the request cannot be carried out, 3 when some
/// failed otherwise.
#[derive(Args)]
pub(crate) struct Standardise {
    #[command(flatten)]
    named: Named,
    /// Folder of what is made.
    #[arg(long)]
    out: PathBuf,
    /// Do everything again, whatever an earlier run did.
    #[arg(long)]
    again: bool,
    /// Also write each report as a page, NAME.svg.
    #[arg(long)]
    page: bool,
}

/// Each file is decoded by another decoder than any that made it and measured: pixels, density, bytes, coding,
/// background, the head's place.
///
/// Ends as `standardise` does.
#[derive(Args)]
pub(crate) struct Check {
    #[command(flatten)]
    named: Named,
}

impl Named {
    fn inputs(&self) -> Result<Vec<Input>, RequestFault> {
        let Some(json) = &self.json else {
            return request::from_paths(&self.inputs, self.recursive);
        };
        let text = if json.as_os_str() == "-" {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text).map(|_| text)
        } else {
            std::fs::read_to_string(json)
        };
        let text = text.map_err(|source| RequestFault::Unreadable {
            path: json.clone(),
            source,
        })?;
        request::from_json(&text)
    }

    /// The pictures and the specification; what is wrong with the request is told, and the program ends with 2.
    fn resolved(
        &self,
        rule: fn(Vec<Input>) -> Result<Vec<Input>, RequestFault>,
    ) -> anyhow::Result<(Vec<Input>, PhotoSpecification)> {
        let inputs = match self.inputs().and_then(rule) {
            Ok(inputs) => inputs,
            Err(fault) => stop(fault.code(), &fault.to_string()),
        };
        let known = photo::specification::builtin()?;
        let Some(specification) = known.iter().find(|one| one.id == self.spec) else {
            let ids: Vec<&str> = known.iter().map(|one| one.id.as_str()).collect();
            let told = format!(
                "no specification is called {}; there are {}",
                self.spec,
                ids.join(", ")
            );
            stop("specification_unknown", &told)
        };
        Ok((inputs, specification.clone()))
    }

    fn workers(&self) -> usize {
        let cores = || std::thread::available_parallelism().map_or(1, usize::from);
        self.jobs.unwrap_or_else(cores).max(1)
    }

    fn tell(&self, summary: &Summary, json: &str) -> anyhow::Result<()> {
        let bytes = match self.format {
            Format::Text => summary.text().into_bytes(),
            Format::Json => format!("{json}\n").into_bytes(),
            Format::Csv => summary.csv()?,
        };
        stdout().write_all(&bytes).context("standard output is closed")
    }
}

/// Tells why nothing was done, and ends.
fn stop(code: &str, told: &str) -> ! {
    eprintln!("{code}: {told}");
    exit(2)
}

pub(crate) fn standardise(settings: &Settings, arguments: &Standardise) -> anyhow::Result<()> {
    let named = &arguments.named;
    let (inputs, specification) = named.resolved(request::distinct)?;
    let request = Request {
        inputs,
        out: arguments.out.clone(),
    };
    let request = match request.checked() {
        Ok(request) => request,
        Err(fault) => stop(fault.code(), &fault.to_string()),
    };
    let how = batch::Settings {
        models: models_folder(settings),
        jobs: named.workers(),
        again: arguments.again,
        page: arguments.page,
    };
    match batch::standardise(&request, &specification, &how, &mut Progress::new(named.quiet)) {
        Ok(summary) => {
            named.tell(&summary, &summary.json()?)?;
            exit(summary.exit_code().into())
        }
        Err(fault) => failed(&fault),
    }
}

pub(crate) fn check(settings: &Settings, arguments: &Check) -> anyhow::Result<()> {
    let named = &arguments.named;
    let (inputs, specification) = named.resolved(Ok)?;
    let mut progress = Progress::new(named.quiet);
    let models = models_folder(settings);
    match batch::check::check(&inputs, &specification, &models, named.workers(), &mut progress) {
        Ok((summary, checked)) => {
            named.tell(&summary, &serde_json::to_string_pretty(&checked)?)?;
            exit(summary.exit_code().into())
        }
        Err(fault) => failed(&fault),
    }
}

fn failed(fault: &batch::BatchFault) -> ! {
    eprintln!("{}: {fault}", fault.code());
    exit(3)
}
