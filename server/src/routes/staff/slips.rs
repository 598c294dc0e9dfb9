//! Slips for guardians who have not answered, with a code to scan.

use std::collections::BTreeSet;

use app::{
    paths,
    rules::id::GuardianId,
    staff::slips::{self as pages, SlipsPage},
};
use axum::{
    extract::{Query, State},
    response::Response,
};
use qrcode::{Color, EcLevel, QrCode};

use super::policy::OfClass;
use crate::web::{
    Failure, Portal, render,
    session::{KeepDeclarations, May},
};

/// `GET /staff/policy/slips`: one for each guardian of the class who has not answered; without a class, for those alone whom
/// no mail reaches.
pub(in crate::routes) async fn page(
    State(portal): State<Portal>,
    may: May<KeepDeclarations>,
    Query(of): Query<OfClass>,
) -> Result<Response, Failure> {
    let version = portal.school.policy_number().await?;
    let children = portal.school.declaring(version, portal.today()).await?;
    let reachable = portal.school.reachable().await?;
    let mut slips = Vec::new();
    let mut seen: BTreeSet<GuardianId> = BTreeSet::new();
    for child in children {
        if of.class.as_ref().is_some_and(|class| *class != child.class_id) {
            continue;
        }
        for one in child.guardians.into_iter().filter(|one| one.said.is_none()) {
            if of.class.is_none() && reachable.contains_key(&one.guardian) {
                continue;
            }
            if seen.insert(one.guardian) {
                slips.push((one.name, child.class.clone()));
            }
        }
    }
    let address = portal.address(paths::DECLARE);
    let words = portal.words();
    let page = SlipsPage {
        slips,
        code: code(&address).ok_or(Failure::Unavailable)?,
        address,
        school: portal.policy.school_name.clone(),
        phone: portal.office_phone(),
    };
    let title = words.declaration_staff.slips_title;
    Ok(render::staff(&portal, &may.staff, title, "", || pages::page(words, page)))
}

/// The code of an address: how many squares it is wide, and its dark ones as a path.
fn code(address: &str) -> Option<(usize, String)> {
    let code = QrCode::with_error_correction_level(address, EcLevel::M).ok()?;
    let wide = code.width();
    let dark = code.to_colors().into_iter().enumerate().filter(|(_, color)| *color == Color::Dark);
    Some((wide, dark.map(|(at, _)| format!("M{} {}h1v1h-1z", at % wide, at / wide)).collect()))
}
