//! OneRoster 1.1 and 1.2 as CSV files in an archive (1EdTech, final 2022-09-19): students with their classes and
//! schools as one table.

use crate::csv_table;
use crate::encoding::TextEncoding;
use crate::fault::RosterFault;
use crate::headings::Limits;
use crate::table::{Cell, Row, Table};
use crate::xlsx_table::refuse_bomb;
use std::collections::{HashMap, HashSet};
use std::io::{Cursor, Read};
use zip::ZipArchive;

const MANIFEST: &str = "manifest.csv";

/// True when an archive is such a file.
pub(crate) fn is(bytes: &[u8]) -> bool {
    ZipArchive::new(Cursor::new(bytes)).is_ok_and(|archive| manifest(&archive).is_some())
}

fn manifest(archive: &ZipArchive<Cursor<&[u8]>>) -> Option<String> {
    let names = archive.file_names().filter_map(Result::ok);
    names.map(|name| name.into_owned()).find(|name| is_manifest(name))
}

/// Programs that pack a folder put its name before every file.
fn is_manifest(name: &str) -> bool {
    name == MANIFEST || (name.ends_with("/manifest.csv") && name.matches('/').count() == 1)
}

/// The students of the archive: identifier, name, class and school under headings that are known.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Table, RosterFault> {
    refuse_bomb(bytes, limits)?;
    let mut archive = Archive::open(bytes, limits)?;
    let manifest = archive.file(MANIFEST)?;
    let said: HashMap<String, String> = manifest
        .rows()
        .map(|row| {
            (
                row.of("propertyName").to_lowercase(),
                row.of("value").to_lowercase(),
            )
        })
        .collect();
    let mode = |file: &str| said.get(&format!("file.{file}")).map_or("absent", String::as_str);
    let used = ["users", "roles", "orgs", "classes", "enrollments"];
    if used.iter().any(|file| mode(file) == "delta") {
        return Err(RosterFault::OneRosterDelta);
    }
    let mut of = |file: &str| match mode(file) {
        "bulk" => archive.file(&format!("{file}.csv")).map(Some),
        _ => Ok(None),
    };
    let users = of("users")?.ok_or_else(|| RosterFault::OneRosterIncomplete("users.csv".to_string()))?;
    let (roles, orgs, classes, enrollments) = (of("roles")?, of("orgs")?, of("classes")?, of("enrollments")?);
    let students = students(&users, roles.as_ref())?;
    let schools = names(orgs.as_ref(), "name");
    let titles = names(classes.as_ref(), "title");
    let classes_of = classes_of(classes.as_ref(), enrollments.as_ref());
    let headings = ["student number", "student id", "name", "class", "school"];
    let mut rows = vec![row(1, headings.map(str::to_string))];
    for user in users.rows() {
        let id = user.of("sourcedId");
        if !students.contains(id) || user.is_gone() {
            continue;
        }
        let class = classes_of.get(id).and_then(|class| titles.get(class.as_str()));
        let orgs = [user.of("primaryOrgSourcedId"), user.of("orgSourcedIds")];
        let org = orgs
            .into_iter()
            .find_map(|ids| schools.get(ids.split(',').next()?.trim()));
        let cells = [
            user.of("identifier").to_string(),
            id.to_string(),
            name(user.of("givenName"), user.of("middleName"), user.of("familyName")),
            class.cloned().unwrap_or_default(),
            org.cloned().unwrap_or_default(),
        ];
        rows.push(row(user.number(), cells));
    }
    Ok(Table {
        sheet: "users.csv".to_string(),
        hidden: false,
        rows,
        deleted: 0,
    })
}

fn row(number: u32, cells: [String; 5]) -> Row {
    let filled = (0..).zip(cells).filter(|(_, text)| !text.trim().is_empty());
    Row {
        number,
        hidden: false,
        cells: filled.map(|(at, text)| (at, Cell::Text(text))).collect(),
    }
}

/// Chinese names have the family's first and no space.
fn name(given: &str, middle: &str, family: &str) -> String {
    let spelled = |text: &str| text.bytes().any(|byte| byte.is_ascii_alphabetic());
    if spelled(given) || spelled(family) {
        let parts = [given, middle, family];
        parts
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    } else {
        format!("{family}{given}")
    }
}

/// Ids of users who are students: by the file of roles where there is one, else by the column of version 1.1.
fn students<'a>(users: &'a Sheet, roles: Option<&'a Sheet>) -> Result<HashSet<&'a str>, RosterFault> {
    let student = |line: &Line<'_>| line.of("role").eq_ignore_ascii_case("student");
    match roles {
        Some(roles) => {
            let lines = roles.rows().filter(|line| student(line) && !line.is_gone());
            Ok(lines.map(|line| line.of("userSourcedId")).collect())
        }
        None if users.has("role") => {
            let lines = users.rows().filter(student);
            Ok(lines.map(|line| line.of("sourcedId")).collect())
        }
        None => Err(RosterFault::OneRosterIncomplete("roles.csv".to_string())),
    }
}

fn names<'a>(sheet: Option<&'a Sheet>, column: &str) -> HashMap<&'a str, String> {
    let lines = sheet.into_iter().flat_map(Sheet::rows);
    lines
        .map(|line| (line.of("sourcedId"), line.of(column).to_string()))
        .collect()
}

/// The class of each student: the homeroom, else the first that is named.
fn classes_of(classes: Option<&Sheet>, enrollments: Option<&Sheet>) -> HashMap<String, String> {
    let lines = classes.into_iter().flat_map(Sheet::rows);
    let homerooms: HashSet<&str> = lines
        .filter(|line| line.of("classType").eq_ignore_ascii_case("homeroom"))
        .map(|line| line.of("sourcedId"))
        .collect();
    let mut found: HashMap<String, String> = HashMap::new();
    for line in enrollments.into_iter().flat_map(Sheet::rows) {
        if !line.of("role").eq_ignore_ascii_case("student") || line.is_gone() {
            continue;
        }
        let (user, class) = (line.of("userSourcedId").to_string(), line.of("classSourcedId"));
        let kept = found.entry(user).or_insert_with(|| class.to_string());
        if homerooms.contains(class) && !homerooms.contains(kept.as_str()) {
            *kept = class.to_string();
        }
    }
    found
}

struct Archive<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    limits: &'a Limits,
    folder: String,
}

impl<'a> Archive<'a> {
    fn open(bytes: &'a [u8], limits: &'a Limits) -> Result<Self, RosterFault> {
        let archive =
            ZipArchive::new(Cursor::new(bytes)).map_err(|e| RosterFault::Unreadable(e.to_string()))?;
        let folder = manifest(&archive).and_then(|name| Some(name.strip_suffix(MANIFEST)?.to_string()));
        let folder = folder.unwrap_or_default();
        Ok(Self {
            archive,
            limits,
            folder,
        })
    }

    fn file(&mut self, name: &str) -> Result<Sheet, RosterFault> {
        let missing = |_| RosterFault::OneRosterIncomplete(name.to_string());
        let entry = self
            .archive
            .by_name(&format!("{}{name}", self.folder))
            .map_err(missing)?;
        let mut bytes = vec![];
        let most = self.limits.unpacked_bytes;
        let read = entry.take(most).read_to_end(&mut bytes);
        read.map_err(|e| RosterFault::Unreadable(e.to_string()))?;
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
        let text = TextEncoding::Utf8.strictly(bytes).ok_or(RosterFault::Encoding)?;
        Ok(Sheet::of(csv_table::table(&text, self.limits)?))
    }
}

/// A file of the archive.
struct Sheet {
    columns: HashMap<String, u32>,
    table: Table,
}

impl Sheet {
    fn of(table: Table) -> Self {
        let mut columns = HashMap::new();
        if let Some(first) = table.rows.first() {
            for (at, _) in &first.cells {
                columns.insert(first.text(*at).unwrap_or_default().to_lowercase(), *at);
            }
        }
        Self { columns, table }
    }

    fn has(&self, column: &str) -> bool {
        self.columns.contains_key(&column.to_lowercase())
    }

    fn rows(&self) -> impl Iterator<Item = Line<'_>> {
        self.table
            .rows
            .iter()
            .skip(1)
            .map(|row| Line { sheet: self, row })
    }
}

struct Line<'a> {
    sheet: &'a Sheet,
    row: &'a Row,
}

impl<'a> Line<'a> {
    fn of(&self, column: &str) -> &'a str {
        let at = self.sheet.columns.get(&column.to_lowercase());
        at.and_then(|at| self.row.text(*at)).unwrap_or_default()
    }

    fn is_gone(&self) -> bool {
        self.of("status").eq_ignore_ascii_case("tobedeleted")
            || self.of("enabledUser").eq_ignore_ascii_case("false")
    }

    const fn number(&self) -> u32 {
        self.row.number
    }
}
