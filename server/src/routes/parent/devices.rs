//! The devices a guardian is signed in on.

use app::{
    parent::devices::{self, DeviceShown},
    paths,
    rules::id::DeviceId,
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};

use super::dated;
use crate::web::{Failure, Portal, Posted, render, session::Parent};

/// `GET /devices`
pub(in crate::routes) async fn page(State(portal): State<Portal>, parent: Parent) -> Result<Response, Failure> {
    let found = portal.school.devices(&parent.guardian, portal.now()).await?;
    let shown = found
        .into_iter()
        .map(|device| DeviceShown {
            this_one: device.device_id == parent.device.signed_in.device_id,
            since: dated(&portal, device.signed_in_at),
            seen: dated(&portal, device.seen_at),
            device: device.device_id,
            label: device.label,
        })
        .collect();
    Ok(render::parent(&portal, &parent, portal.words().devices.title, || {
        devices::page(portal.words(), &parent.device.csrf, shown)
    }))
}

/// `POST /devices/{device}/revoke`
pub(in crate::routes) async fn revoke(
    State(portal): State<Portal>,
    parent: Parent,
    Path(device): Path<String>,
    Posted(_): Posted,
) -> Result<Response, Failure> {
    let device = DeviceId::parse(&device).ok_or(Failure::NotFound)?;
    if portal.school.revoke_device(Some(&parent.guardian), &device, portal.now()).await? {
        Ok(Redirect::to(paths::DEVICES).into_response())
    } else {
        Err(Failure::NotFound)
    }
}
