//! `station sheet`: photos on paper, as files and to a printer.

mod fault;
mod input;
mod output;

pub use fault::SheetFault;

use clap::{ArgGroup, Args};
use output::Output;
use print::{PrintJob, Sheets, Size, Spooler, jpeg, paper, pdf};
use std::path::PathBuf;

/// What is to be printed, where.
#[derive(Debug, Clone, Args)]
#[command(group(ArgGroup::new("where").required(true).multiple(true).args(["out", "printer", "printers"])))]
pub struct Arguments {
    /// Standard photos, JPEG; they share the sheets.
    #[arg(required_unless_present = "printers")]
    pub photos: Vec<PathBuf>,
    /// Id of the paper: 5-inch, 6-inch or a4.
    #[arg(long, default_value = "6-inch")]
    pub paper: String,
    /// Width and height of each print in millimetres.
    #[arg(long, default_value = "33x48")]
    pub size: String,
    /// Distance between prints in millimetres.
    #[arg(long, default_value_t = print::GAP_MM, allow_negative_numbers = true)]
    pub gap: f64,
    /// Prints of each photo; without it as many as fit on one sheet.
    #[arg(long)]
    pub copies: Option<usize>,
    /// The file: .pdf, or .jpg (300 dpi; several sheets are numbered).
    #[arg(long)]
    pub out: Option<PathBuf>,
    /// Replace files that are there.
    #[arg(long)]
    pub force: bool,
    /// Name of the printer.
    #[arg(long)]
    pub printer: Option<String>,
    /// How often the printer prints the sheets.
    #[arg(long, default_value_t = 1, requires = "printer", value_parser = clap::value_parser!(u16).range(1..=99))]
    pub times: u16,
    /// List the printers.
    #[arg(long, conflicts_with_all = ["photos", "out", "printer"])]
    pub printers: bool,
}

/// Does what the arguments say and returns what to tell, a line each. After a fault no new file is left.
///
/// # Errors
/// [`SheetFault`].
pub fn run(arguments: &Arguments, spooler: &Spooler) -> Result<Vec<String>, SheetFault> {
    if arguments.printers {
        return Ok(spooler.printers()?);
    }
    let paper = paper::named(&arguments.paper)?;
    let size: Size = arguments.size.parse()?;
    let output = arguments.out.as_deref().map(Output::named).transpose()?;
    let mut told = vec![];
    let mut photos = vec![];
    for path in &arguments.photos {
        let read = input::photo(path)?;
        let crop = read.photo.crop(size);
        if read.rewritten {
            told.push(format!(
                "{}: encoded again, a PDF obeys no orientation or profile",
                path.display()
            ));
        }
        if crop.is_notable() {
            let cut = (1.0 - crop.kept) * 100.0;
            told.push(format!(
                "{}: {cut:.0} % cut off at {}, the print's sides differ",
                path.display(),
                if crop.left > crop.top {
                    "left and right"
                } else {
                    "top and bottom"
                }
            ));
        }
        photos.push(read.photo);
    }
    let sheets = Sheets::arrange(&paper, size, arguments.gap, photos, arguments.copies)?;
    let prints: usize = sheets.pages().iter().map(Vec::len).sum();
    let count = sheets.pages().len();
    if let Some(output) = output {
        let files = match &output {
            Output::Pdf(file) => vec![file.clone()],
            Output::Jpeg(file) => output::numbered(file, count),
        };
        output::check(&files, &arguments.photos, arguments.force)?;
        match output {
            Output::Pdf(_) => output::write(
                &files,
                std::iter::once(Ok(pdf::document(&sheets))),
                arguments.force,
            )?,
            Output::Jpeg(_) => output::write(&files, jpeg::pages(&sheets), arguments.force)?,
        }
        told.extend(files.iter().map(|file| file.display().to_string()));
    }
    if let Some(printer) = &arguments.printer {
        let job = PrintJob {
            printer,
            copies: arguments.times,
            media: &paper.media,
        };
        told.push(spooler.submit(&job, &pdf::document(&sheets))?);
    }
    told.push(format!(
        "prints of {size}: {prints}; sheets of {}: {count}",
        paper.id
    ));
    Ok(told)
}
