//! The demo school's people as its MIS would export them a week later: a file to try the import with.

use std::collections::HashMap;

use super::people::{DemoGuardian, DemoPeople, DemoPupil, SIOBHAN, people};

/// The file's name in the demo's data folder.
pub const FILE: &str = "roster.csv";

const HEADS: &str = "UPN,Admission number,Legal surname,Legal forename,Preferred forename,Date of birth,Year group,Registration group,\
    Admission date,Leaving date,Pupil email,Title,Contact surname,Contact forename,Relationship,Priority,Parental responsibility,\
    Lives with pupil,Court order,Address kept secret,Primary email,Mobile number,Contact address";

/// The file: everybody as they are, but that one child has changed class, one leaves, one is new with two
/// contacts, one contact has a new address, one is gone, and three lines cannot be read.
#[must_use]
pub fn csv() -> String {
    let school = people();
    let adults: HashMap<&str, &DemoGuardian> =
        school.guardians.iter().map(|adult| (adult.guardian_id.as_str(), adult)).collect();
    let mut lines = vec![HEADS.to_owned()];
    for (place, pupil) in school.pupils.iter().enumerate() {
        let before = lines.len();
        for link in school.links.iter().filter(|link| link.pupil_id == pupil.pupil_id) {
            let Some(adult) = adults.get(link.guardian_id.as_str()) else { continue };
            // Who is gone in the MIS, to be listed and not removed.
            if adult.forename == "Patricia" {
                continue;
            }
            let mut email = adult.email.clone().unwrap_or_default();
            if adult.forename == "Claire" && adult.surname == "Brennan" {
                email = "c.brennan@demo.example".to_owned();
            }
            let flag = |yes: bool| if yes { "T" } else { "F" };
            let secret = adult.email.as_deref() == Some(SIOBHAN);
            let cells = [
                adult.title.clone().unwrap_or_default(),
                adult.surname.clone(),
                adult.forename.clone(),
                link.relationship.to_owned(),
                link.priority.to_string(),
                flag(link.parental_responsibility).to_owned(),
                flag(link.lives_with).to_owned(),
                String::new(),
                if secret { "T" } else { "" }.to_owned(),
                email,
                adult.mobile.clone().unwrap_or_default(),
                if secret { String::new() } else { adult.address.replace('\n', ", ") },
            ];
            lines.push(format!("{},{}", child(&school, pupil), row(&cells)));
        }
        // A child without contacts is a child all the same.
        if lines.len() == before {
            lines.push(format!("{},,,,,,,,,,,", child(&school, pupil)));
        }
        if place == 200 {
            lines.push("J874915026901,990001,Broken,Bertie,,04/05/18,3,3 Oak,,,,,,,,,,,,,,".to_owned());
            lines.push(",,Nameless,Nobody,,04/05/2018,3,3 Oak,,,,,,,,,,,,,,".to_owned());
        }
    }
    let new = "J874915026902,990002,Achterberg,Juno,,14/02/2019,3,3 Oak,01/12/2026,,juno@school.example";
    lines.push(format!("{new},Ms,Achterberg,Femke,mother,1,T,T,,,femke@demo.example,07700 900555"));
    lines.push(format!("{new},Mr,Achterberg,Joost,father,2,,,,,joost at demo,7700900556"));
    lines.push(format!("Total,{},,,,,,,,,,,,,,,,,,,", school.pupils.len() + 1));
    lines.join("\r\n") + "\r\n"
}

fn child(school: &DemoPeople, pupil: &DemoPupil) -> String {
    let mut class = school.classes.iter().find(|class| class.class_id == pupil.class_id);
    let mut left = pupil.left;
    match (pupil.forename.as_str(), pupil.surname.as_str()) {
        ("Zofia", "Kaczmarek") => class = school.classes.iter().find(|class| class.name == "5 Pine"),
        ("Noah", "Clarke") => left = chrono::NaiveDate::from_ymd_opt(2026, 12, 18),
        _ => {}
    }
    let day = |day: chrono::NaiveDate| day.format("%d/%m/%Y").to_string();
    let year = class.map(|class| if class.year == 0 { "R".to_owned() } else { class.year.to_string() });
    row(&[
        pupil.upn.clone(),
        pupil.mis_id.clone(),
        pupil.surname.clone(),
        pupil.forename.clone(),
        pupil.known_as.clone().unwrap_or_default(),
        day(pupil.born),
        year.unwrap_or_default(),
        class.map(|class| class.name.clone()).unwrap_or_default(),
        day(pupil.admitted),
        left.map(day).unwrap_or_default(),
        String::new(),
    ])
}

fn row(cells: &[String]) -> String {
    let quoted = |cell: &String| {
        if cell.contains([',', '"', '\n']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.clone() }
    };
    cells.iter().map(quoted).collect::<Vec<_>>().join(",")
}
