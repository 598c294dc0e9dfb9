//! Files as parents and others send them.

use std::io::Write;

use ::image::{DynamicImage, ImageDecoder, ImageEncoder, RgbImage, Rgba, RgbaImage, codecs::jpeg::JpegEncoder};
use app::rules::evidence::{Kind, MOST_BYTES, Refusal};
use flate2::{Compression, write::ZlibEncoder};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use super::{Clean, look_at};

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// A photo, brighter to the right, red above and blue below.
fn picture(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let bright = u8::try_from(x * 255 / width).unwrap_or(255);
        if y < height / 2 { [255, bright, 0].into() } else { [0, bright, 255].into() }
    })
}

/// What a phone writes beside the picture: that it was held on its side, and a place.
fn exif(orientation: u8) -> Vec<u8> {
    let mut exif = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
    exif.extend(b"GPS 52.5736N 0.2396W PhoneCamera 12");
    exif
}

fn photo(width: u32, height: u32, orientation: u8) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let mut bytes = Vec::new();
    let mut pen = JpegEncoder::new_with_quality(&mut bytes, 90);
    pen.set_exif_metadata(exif(orientation))?;
    pen.encode_image(&picture(width, height))?;
    Ok(bytes)
}

fn refused(declared: &str, bytes: &[u8]) -> Option<Refusal> {
    look_at(declared, bytes.to_vec()).err()
}

#[test]
fn a_photo_from_a_phone_is_turned_made_smaller_and_says_nothing_more_than_it_shows() -> Outcome {
    let sent = photo(4032, 3024, 6)?;
    assert!(sent.windows(5).any(|bytes| bytes == b"Phone"), "the test looks");
    let Clean { kind, name, bytes, sha256 } =
        look_at("IMG_2031.JPG", sent.clone()).map_err(|why| format!("{why:?}"))?;
    assert_eq!((kind, name.as_str(), sha256.len()), (Kind::Jpeg, "IMG_2031.jpg", 64));
    let mut decoder = ::image::codecs::jpeg::JpegDecoder::new(std::io::Cursor::new(&bytes))?;
    assert_eq!(decoder.dimensions(), (1800, 2400));
    assert_eq!((decoder.exif_metadata()?, decoder.icc_profile()?, decoder.xmp_metadata()?), (None, None, None));
    for word in [&b"Exif"[..], b"GPS", b"Phone"] {
        assert!(!bytes.windows(word.len()).any(|part| part == word));
    }
    // Turned to the right: what was above is at the right.
    let seen = DynamicImage::from_decoder(decoder)?.into_rgb8();
    let (right, left) = (seen.get_pixel(1790, 100), seen.get_pixel(10, 100));
    assert!(right[0] > 200 && right[2] < 60 && left[2] > 200 && left[0] < 60, "{right:?} {left:?}");
    assert!(seen.get_pixel(900, 2390)[1] > 200 && seen.get_pixel(900, 10)[1] < 60);
    // The same once more is the same.
    assert_eq!(look_at("other.jpg", sent).map(|clean| clean.sha256), Ok(sha256));
    Ok(())
}

#[test]
fn every_orientation_a_phone_writes_is_taken() -> Outcome {
    for orientation in 1..=8 {
        let clean = look_at("a.jpg", photo(60, 40, orientation)?).map_err(|why| format!("{why:?}"))?;
        let seen = ::image::load_from_memory(&clean.bytes)?;
        let sides = if orientation < 5 { (60, 40) } else { (40, 60) };
        assert_eq!((seen.width(), seen.height()), sides, "{orientation}");
    }
    Ok(())
}

#[test]
fn a_picture_of_a_screen_stays_a_picture_and_loses_what_was_written_beside_it() -> Outcome {
    let seen = RgbaImage::from_fn(300, 200, |x, _| Rgba([u8::try_from(x % 256).unwrap_or(0), 9, 9, 200]));
    let mut bytes = Vec::new();
    let mut pen = ::image::codecs::png::PngEncoder::new(&mut bytes);
    pen.set_exif_metadata(exif(1))?;
    seen.write_with_encoder(pen)?;
    assert!(bytes.windows(3).any(|part| part == b"GPS"), "the test looks");
    let clean = look_at("Screenshot.png", bytes).map_err(|why| format!("{why:?}"))?;
    assert_eq!((clean.kind, clean.name.as_str()), (Kind::Png, "Screenshot.png"));
    assert!(!clean.bytes.windows(3).any(|part| part == b"GPS"));
    assert_eq!(::image::load_from_memory(&clean.bytes)?.into_rgba8(), seen);
    Ok(())
}

#[test]
fn a_large_noisy_picture_is_kept_as_a_photo() -> Outcome {
    let mut state = 9_u32;
    let noise = ::image::ImageBuffer::<::image::Rgb<u16>, _>::from_fn(2400, 1600, |_, _| {
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            u16::try_from(state >> 16).unwrap_or(0) & 0xff00
        };
        ::image::Rgb([next(), next(), next()])
    });
    let mut bytes = Vec::new();
    DynamicImage::ImageRgb16(noise).write_with_encoder(::image::codecs::png::PngEncoder::new(&mut bytes))?;
    if bytes.len() > MOST_BYTES {
        assert_eq!(refused("a.png", &bytes), Some(Refusal::TooLarge));
    }
    let (kind, kept) = super::image::redraw(Kind::Png, &bytes).map_err(|why| format!("{why:?}"))?;
    assert!(kind == Kind::Jpeg && kept.len() < MOST_BYTES, "{kind:?} {}", kept.len());
    Ok(())
}

/// The head of a PNG of these sides with this much behind it.
fn png_head(width: u32, height: u32, depth: u8, colour: u8) -> Vec<u8> {
    let mut chunk = b"IHDR".to_vec();
    chunk.extend(width.to_be_bytes());
    chunk.extend(height.to_be_bytes());
    chunk.extend([depth, colour, 0, 0, 0]);
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
    let _ = packed.write_all(&vec![0; 1 << 20]);
    let mut bytes = b"\x89PNG\r\n\x1A\n".to_vec();
    let mut put = |chunk: &[u8]| {
        bytes.extend(u32::try_from(chunk.len() - 4).unwrap_or(0).to_be_bytes());
        bytes.extend_from_slice(chunk);
        let mut crc = flate2::Crc::new();
        crc.update(chunk);
        bytes.extend(crc.sum().to_be_bytes());
    };
    put(&chunk);
    put(&[b"IDAT".to_vec(), packed.finish().unwrap_or_default()].concat());
    put(b"IEND");
    bytes
}

#[test]
fn a_bomb_is_refused_by_its_head_before_it_is_opened() -> Outcome {
    let begun = std::time::Instant::now();
    for (width, height, depth, colour) in
        [(50_000, 50_000, 8, 2), (8_000, 5_001, 1, 0), (u32::MAX >> 1, 1, 8, 6), (6_000, 6_000, 16, 6)]
    {
        let bomb = png_head(width, height, depth, colour);
        assert!(bomb.len() < 4000);
        assert_eq!(refused("a.png", &bomb), Some(Refusal::TooManyPixels), "{width} x {height}");
    }
    // The same of a JPEG: its sides stand behind FFC0.
    let mut bomb = photo(16, 16, 1)?;
    let at = bomb.windows(2).position(|mark| mark == b"\xFF\xC0").ok_or("a head")?;
    bomb[at + 5..at + 9].copy_from_slice(&[0xff, 0xff, 0xff, 0xff]);
    assert_eq!(refused("a.jpg", &bomb), Some(Refusal::TooManyPixels));
    assert!(begun.elapsed().as_secs() < 2, "{:?}", begun.elapsed());
    Ok(())
}

#[test]
fn what_breaks_off_is_refused() -> Outcome {
    let whole = png_head(2_000, 1_000, 8, 2);
    assert_eq!(refused("a.png", &whole), Some(Refusal::BrokenPicture), "less in it than its head says");
    let photo = photo(64, 64, 1)?;
    for length in [4, 20, 100] {
        assert_eq!(refused("a.jpg", &photo[..length]), Some(Refusal::BrokenPicture), "{length}");
    }
    assert_eq!(refused("a.jpg", b"\xFF\xD8\xFF<script>alert(1)</script>"), Some(Refusal::BrokenPicture));
    assert_eq!(refused("a.pdf", b"%PDF-1.7\n<script>"), Some(Refusal::BrokenPdf));
    assert_eq!(refused("a.jpg", b""), Some(Refusal::Empty));
    assert_eq!(refused("a.svg", b"<svg onload='alert(1)'>"), Some(Refusal::OtherKind));
    assert_eq!(refused("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0"), Some(Refusal::OtherPicture));
    Ok(())
}

/// A letter of one page, with these entries in its catalog.
fn letter(more: Dictionary) -> Document {
    let mut document = Document::with_version("1.5");
    let pages = document.new_object_id();
    let words = document.add_object(Stream::new(dictionary! {}, b"BT /F1 12 Tf (Dear school) Tj ET".to_vec()));
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => words, "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
    });
    document.objects.insert(
        pages,
        Object::Dictionary(dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 }),
    );
    let mut catalog = dictionary! { "Type" => "Catalog", "Pages" => pages };
    catalog.extend(&more);
    let catalog = document.add_object(catalog);
    document.trailer.set("Root", catalog);
    document
}

fn written(mut document: Document, packed: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    let saved = if packed { document.save_modern(&mut bytes) } else { document.save_to(&mut bytes) };
    assert!(saved.is_ok());
    bytes
}

fn script() -> Dictionary {
    dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.alert(1)") }
}

#[test]
fn a_letter_is_kept_as_it_came() {
    for packed in [false, true] {
        let bytes = written(letter(dictionary! {}), packed);
        let clean = look_at("from the hospital.PDF", bytes.clone());
        let clean = clean.unwrap_or_else(|why| panic!("{why:?}"));
        assert_eq!((clean.kind, clean.name.as_str()), (Kind::Pdf, "from the hospital.pdf"));
        assert_eq!(clean.bytes, bytes);
    }
    // It may lead to a page of its own when it is opened.
    let goes = dictionary! { "OpenAction" => vec![3.into(), "Fit".into()] };
    assert_eq!(refused("a.pdf", &written(letter(goes), false)), None);
}

#[test]
fn a_pdf_that_does_something_is_refused_however_it_hides_it() {
    let launch = dictionary! { "S" => "Launch", "F" => Object::string_literal("calc.exe") };
    let carries = dictionary! { "Names" => vec![Object::Dictionary(dictionary! { "EF" => dictionary! {} })] };
    let list = dictionary! { "EmbeddedFiles" => dictionary! { "Names" => Vec::<Object>::new() } };
    for more in [
        dictionary! { "OpenAction" => script() },
        dictionary! { "AA" => dictionary! { "WC" => script() } },
        dictionary! { "Names" => dictionary! { "JavaScript" => dictionary! {} } },
        dictionary! { "OpenAction" => launch },
        dictionary! { "AF" => carries },
        dictionary! { "Names" => list },
        dictionary! { "AcroForm" => dictionary! { "XFA" => Vec::<Object>::new() } },
        dictionary! { "X" => dictionary! { "Subtype" => "RichMedia" } },
        dictionary! { "OpenAction" => dictionary! { "S" => "SubmitForm" } },
    ] {
        for packed in [false, true] {
            let bytes = written(letter(more.clone()), packed);
            assert_eq!(refused("a.pdf", &bytes), Some(Refusal::Active), "{more:?} {packed}");
        }
    }
    // By another spelling of the name.
    let plain = written(letter(dictionary! { "OpenAction" => script() }), false);
    let text: Vec<u8> = String::from_utf8_lossy(&plain).replace("/JavaScript", "/J#61va#53cript").into_bytes();
    assert_eq!(refused("a.pdf", &text), Some(Refusal::Active));
    // In an object that no table leads to.
    let mut hidden = written(letter(dictionary! {}), false);
    hidden.extend(b"\n99 0 obj <</S/JavaScript/JS(app.alert(1))>> endobj\n");
    assert_eq!(refused("a.pdf", &hidden), Some(Refusal::Active));
}

#[test]
fn a_locked_pdf_is_refused() -> Outcome {
    use lopdf::{EncryptionState, EncryptionVersion, Permissions};
    for (owner, user) in [("owner", "user"), ("owner", "")] {
        let mut document = letter(dictionary! {});
        let id = Object::string_literal("0123456789abcdef");
        document.trailer.set("ID", vec![id.clone(), id]);
        let version = EncryptionVersion::V2 {
            document: &document,
            owner_password: owner,
            user_password: user,
            key_length: 128,
            permissions: Permissions::all(),
        };
        let state = EncryptionState::try_from(version)?;
        document.encrypt(&state)?;
        assert_eq!(refused("a.pdf", &written(document, false)), Some(Refusal::Locked), "{user}");
    }
    Ok(())
}

/// A letter whose skeleton is packed, with pieces beside it that grow when they are unpacked.
fn growing(pieces: usize, each: usize, words: &[u8]) -> Vec<u8> {
    let mut document = letter(dictionary! {});
    for number in 0..pieces {
        let head = format!("{} 0 ", 1000 + number);
        let mut body = head.clone().into_bytes();
        body.extend(words.iter().copied().cycle().take(each));
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
        let _ = packed.write_all(&body);
        let entries = dictionary! {
            "Type" => "ObjSxx", "N" => 1, "First" => i64::try_from(head.len()).unwrap_or(0), "Filter" => "FlateDecode",
        };
        document.add_object(Stream::new(entries, packed.finish().unwrap_or_default()));
    }
    // The writer leaves out what it takes for pieces of its own.
    let mut bytes = written(document, false);
    for at in 0..bytes.len() - 6 {
        if bytes[at..].starts_with(b"ObjSxx") {
            bytes[at..at + 6].copy_from_slice(b"ObjStm");
        }
    }
    bytes
}

#[test]
fn a_pdf_that_grows_is_refused_in_time() {
    let begun = std::time::Instant::now();
    assert_eq!(refused("a.pdf", &growing(1, 64 << 20, b" ")), Some(Refusal::TooComplex));
    assert_eq!(refused("a.pdf", &growing(501, 100, b" ")), Some(Refusal::TooComplex));
    assert_eq!(refused("a.pdf", &growing(3, 400 << 10, b"(a) ")), None);
    let words = [written(letter(dictionary! {}), false), b"0 ".repeat(4 << 20)].concat();
    assert_eq!(refused("a.pdf", &words), Some(Refusal::TooComplex));
    let saved = "trailer <</Prev 9>> ".repeat(13);
    assert_eq!(
        refused("a.pdf", &[written(letter(dictionary! {}), false), saved.into_bytes()].concat()),
        Some(Refusal::TooComplex)
    );
    let headings = "<</Prev 9 0 R>> ".repeat(13);
    assert_eq!(refused("a.pdf", &[written(letter(dictionary! {}), false), headings.into_bytes()].concat()), None);
    let deep = [written(letter(dictionary! {}), false), vec![b'['; 900_000]].concat();
    assert_eq!(refused("a.pdf", &deep), None, "what stands behind the end is not read");
    let mut nested = letter(dictionary! {});
    nested.add_object(Stream::new(dictionary! {}, Vec::new()));
    let text = String::from_utf8_lossy(&written(nested, false))
        .replace("/Pages ", &format!("/X {}/Pages ", "[".repeat(500_000)));
    assert_eq!(refused("a.pdf", text.as_bytes()), Some(Refusal::BrokenPdf));
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
}
