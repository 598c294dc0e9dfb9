//! Files as a browser sends them, and forms with files.

use std::io::Cursor;

use app::paths;
use image::{DynamicImage, ImageEncoder, RgbImage, codecs::jpeg::JpegEncoder};
use lopdf::{Dictionary, Document, Object, dictionary};

use super::{
    browser::{Browser, FORM},
    page::Answer,
};

/// The kind of a form with files.
pub(super) const MULTIPART: &str = "multipart/form-data; boundary=----WebKitFormBoundaryxXx";
const BOUNDARY: &str = "------WebKitFormBoundaryxXx";

/// Whether a route takes forms with files.
pub(super) fn takes_files(route: &str) -> bool {
    let evidence = [paths::EVIDENCE, paths::LEAVE_FILES, paths::LEAVING_FILES, paths::PAPER_FILES];
    let staffs = [paths::ROSTER, paths::MARKS, paths::POLICY_DRAFT_FILE, paths::DECLARATION_PAPER];
    evidence.into_iter().chain(staffs).any(|one| one == route)
}

/// A form with these fields, then these files, as bytes.
pub(super) fn form(fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        let head = format!("{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend(head.into_bytes());
    }
    for (name, bytes) in files {
        let head = format!(
            "{BOUNDARY}\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\nContent-Type: image/jpeg\r\n\r\n"
        );
        body.extend(head.into_bytes());
        body.extend_from_slice(bytes);
        body.extend(b"\r\n");
    }
    body.extend(format!("{BOUNDARY}--\r\n").into_bytes());
    body
}

/// What a good form for this route is: its kind and its bytes. One with files brings a photo.
pub(super) fn good_form(browser: &Browser, route: &str, fields: &[(&str, &str)]) -> (&'static str, Vec<u8>) {
    if takes_files(route) {
        (MULTIPART, form(&[("csrf", &browser.token())], &[("photo.jpg", &photo(40, 30))]))
    } else {
        (FORM, browser.form(fields))
    }
}

impl Browser {
    /// The token of the last page.
    pub(super) fn token(&self) -> String {
        let form = String::from_utf8(self.form(&[])).unwrap();
        form.strip_prefix("csrf=").expect("a token").to_owned()
    }

    /// Sends files with the token of the last page.
    pub(super) async fn upload(&self, path: &str, files: &[(&str, &[u8])]) -> Answer {
        let body = form(&[("csrf", &self.token())], files);
        self.send(reqwest::Method::POST, path, &[("content-type", MULTIPART)], body).await
    }
}

/// A photo as a phone takes it: held on its side, with a place written beside the picture.
pub(super) fn photo(width: u32, height: u32) -> Vec<u8> {
    let mut exif = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
    exif.extend(b"GPS 52.5736N 0.2396W");
    let picture = RgbImage::from_fn(width, height, |x, y| {
        let soft = |at: u32| u8::try_from(at / 9 % 256).unwrap();
        [soft(x), soft(y), soft(x * y / 999)].into()
    });
    let mut bytes = Vec::new();
    let mut pen = JpegEncoder::new_with_quality(&mut bytes, 95);
    pen.set_exif_metadata(exif).unwrap();
    pen.encode_image(&picture).unwrap();
    bytes
}

/// A head that promises more pixels than anybody has.
pub(super) fn bomb() -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::new_luma8(8, 8).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    let mut bytes = bytes.into_inner();
    bytes[16..24].copy_from_slice(&[0, 0, 0xc3, 0x50, 0, 0, 0xc3, 0x50]);
    let mut crc = flate2::Crc::new();
    crc.update(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&crc.sum().to_be_bytes());
    bytes
}

/// A letter of one page with these entries in its catalog.
pub(super) fn letter(more: Dictionary) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let pages = document.new_object_id();
    let page = document.add_object(dictionary! { "Type" => "Page", "Parent" => pages });
    let list = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 };
    document.objects.insert(pages, Object::Dictionary(list));
    let mut catalog = dictionary! { "Type" => "Catalog", "Pages" => pages };
    catalog.extend(&more);
    let catalog = document.add_object(catalog);
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

/// A letter that does something when it is opened.
pub(super) fn letter_with_script() -> Vec<u8> {
    letter(
        dictionary! { "OpenAction" => dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.alert(1)") } },
    )
}
