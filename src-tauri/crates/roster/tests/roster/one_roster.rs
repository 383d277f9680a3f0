//! OneRoster archives.

use roster::{FileKind, RosterFault, open, read};
use std::io::Write;

fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const MANIFEST: &str = "propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\nfile.users,bulk\nfile.roles,bulk\n\
    file.orgs,bulk\nfile.classes,bulk\nfile.enrollments,bulk\nfile.courses,absent\n";
const USERS: &str = "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,\
    email,primaryOrgSourcedId\n\
    u1,,,true,a,,思涵,陈,,24010001,,o1\n\
    u2,,,true,b,,Mary,Smith,Ann,,,o1\n\
    u3,,,true,t,,老师,王,,9,,o1\n\
    u4,,,false,d,,明,李,,24010004,,o1\n";
const ROLES: &str = "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId\n\
    r1,,,u1,primary,student,,,o1\nr2,,,u2,primary,student,,,o1\nr3,,,u3,primary,teacher,,,o1\nr4,,,u4,primary,student,,,o1\n";
const ORGS: &str =
    "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\no1,,,青禾国际学校,school,,\n";
const CLASSES: &str = "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType\n\
    c1,,,Algebra,,k1,,scheduled\nc2,,,Year 9 Blue,,k1,,homeroom\n";
const ENROLLMENTS: &str = "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary\n\
    e1,,,c1,o1,u1,student,\ne2,,,c2,o1,u1,student,\ne3,,,c1,o1,u2,student,\ne4,,,c2,o1,u3,teacher,\n";

fn whole(manifest: &str, folder: &str) -> Vec<u8> {
    let named = |name: &str| format!("{folder}{name}");
    let names = [
        "manifest.csv",
        "users.csv",
        "roles.csv",
        "orgs.csv",
        "classes.csv",
        "enrollments.csv",
    ]
    .map(named);
    let texts = [manifest, USERS, ROLES, ORGS, CLASSES, ENROLLMENTS];
    let files: Vec<(&str, &str)> = names.iter().map(String::as_str).zip(texts).collect();
    archive(&files)
}

#[test]
fn students_come_with_their_homeroom_and_school() {
    for folder in ["", "export/"] {
        let bytes = whole(MANIFEST, folder);
        let book = open(&bytes, "export.zip", None, &mut |_| {}).unwrap();
        assert_eq!(book.kind(), FileKind::OneRoster);
        let roster = read(&bytes, "export.zip", "s1", "").unwrap();
        assert!(roster.problems.is_empty(), "{:?}", roster.problems);
        let people: Vec<_> = roster
            .rows
            .iter()
            .map(|row| {
                (
                    row.id.as_str(),
                    row.name.as_str(),
                    row.class_name.as_str(),
                    row.school.as_str(),
                )
            })
            .collect();
        assert_eq!(
            people,
            [
                ("s1:24010001", "陈思涵", "Year 9 Blue", "青禾国际学校"),
                ("s1:u2", "Mary Ann Smith", "Algebra", "青禾国际学校"),
            ]
        );
    }
}

#[test]
fn changes_only_and_missing_files_are_refused_by_name() {
    let delta = MANIFEST.replace("file.users,bulk", "file.users,delta");
    assert_eq!(
        read(&whole(&delta, ""), "a.zip", "s1", "").unwrap_err(),
        RosterFault::OneRosterDelta
    );
    let bytes = archive(&[("manifest.csv", MANIFEST), ("users.csv", USERS)]);
    assert_eq!(
        read(&bytes, "a.zip", "s1", "").unwrap_err(),
        RosterFault::OneRosterIncomplete("roles.csv".into())
    );
    let no_users = MANIFEST.replace("file.users,bulk", "file.users,absent");
    assert_eq!(
        read(&whole(&no_users, ""), "a.zip", "s1", "").unwrap_err(),
        RosterFault::OneRosterIncomplete("users.csv".into())
    );
}

#[test]
fn version_1_1_has_its_roles_among_the_users() {
    let manifest = "propertyName,value\noneroster.version,1.1\nfile.users,bulk\n";
    let users =
        "sourcedId,role,givenName,familyName,identifier\nu1,student,思涵,陈,7\nu2,teacher,老师,王,8\n";
    let bytes = archive(&[("manifest.csv", manifest), ("users.csv", users)]);
    let roster = read(&bytes, "a.zip", "s1", "青禾").unwrap();
    assert_eq!(
        (roster.rows.len(), roster.rows[0].student_number.as_str()),
        (1, "7")
    );
}
