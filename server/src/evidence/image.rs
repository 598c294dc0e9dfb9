//! Pictures: looked at before they are opened, then drawn anew, so that nothing is kept but what
//! can be seen. Where and with which camera a photo was taken is not the school's business.

use std::io::Cursor;

use app::rules::evidence::{Kind, MOST_BYTES, MOST_PIXELS, Refusal};
use image::{
    DynamicImage, ImageDecoder, ImageResult, Limits,
    codecs::{
        jpeg::{JpegDecoder, JpegEncoder},
        png::{CompressionType, FilterType, PngDecoder, PngEncoder},
    },
    metadata::Orientation,
};

/// How long the long side of a kept picture is at most: a page of small print stays readable.
const LONG_SIDE: u32 = 2400;
/// How good a kept photo is, of 100.
const QUALITY: u8 = 82;
/// How many bytes an open picture may take.
const ROOM: u64 = MOST_PIXELS * 4;

/// The picture drawn anew, and what it is now. The same bytes give the same picture.
///
/// # Errors
/// [`Refusal::TooManyPixels`] or [`Refusal::BrokenPicture`].
pub(super) fn redraw(kind: Kind, bytes: &[u8]) -> Result<(Kind, Vec<u8>), Refusal> {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(ROOM);
    let (picture, orientation) = match kind {
        Kind::Png => open(PngDecoder::with_limits(Cursor::new(bytes), limits))?,
        _ => open(JpegDecoder::new(Cursor::new(bytes)))?,
    };
    // Made smaller first: turning takes a second copy.
    let mut picture = smaller(picture);
    picture.apply_orientation(orientation);
    let drawn = match kind {
        Kind::Png => png(plain(picture)),
        _ => jpeg(&picture).map(|bytes| (Kind::Jpeg, bytes)),
    };
    drawn.map_err(|_| Refusal::BrokenPicture)
}

fn open(decoder: ImageResult<impl ImageDecoder>) -> Result<(DynamicImage, Orientation), Refusal> {
    let mut decoder = decoder.map_err(why)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS || decoder.total_bytes() > ROOM {
        return Err(Refusal::TooManyPixels);
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    Ok((DynamicImage::from_decoder(decoder).map_err(why)?, orientation))
}

fn why(error: image::ImageError) -> Refusal {
    match error {
        image::ImageError::Limits(_) => Refusal::TooManyPixels,
        _ => Refusal::BrokenPicture,
    }
}

/// Scaled down by averaging whole pixels: the other ways keep the picture once more in floating
/// point, four times its size.
fn smaller(picture: DynamicImage) -> DynamicImage {
    if picture.width().max(picture.height()) <= LONG_SIDE { picture } else { picture.thumbnail(LONG_SIDE, LONG_SIDE) }
}

/// Eight bits a colour are enough to read by.
fn plain(picture: DynamicImage) -> DynamicImage {
    match picture {
        DynamicImage::ImageLuma16(_) => DynamicImage::ImageLuma8(picture.into_luma8()),
        DynamicImage::ImageLumaA16(_) => DynamicImage::ImageLumaA8(picture.into_luma_alpha8()),
        DynamicImage::ImageRgb16(_) => DynamicImage::ImageRgb8(picture.into_rgb8()),
        DynamicImage::ImageRgba16(_) => DynamicImage::ImageRgba8(picture.into_rgba8()),
        other => other,
    }
}

/// A picture stays a PNG, unless it is a photo in disguise that would be larger than it may be sent.
fn png(picture: DynamicImage) -> ImageResult<(Kind, Vec<u8>)> {
    let mut bytes = Vec::new();
    let pen = PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, FilterType::Adaptive);
    picture.write_with_encoder(pen)?;
    if bytes.len() > MOST_BYTES { Ok((Kind::Jpeg, jpeg(&picture)?)) } else { Ok((Kind::Png, bytes)) }
}

fn jpeg(picture: &DynamicImage) -> ImageResult<Vec<u8>> {
    let mut bytes = Vec::new();
    let pen = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
    match picture {
        DynamicImage::ImageLuma8(_) | DynamicImage::ImageRgb8(_) => picture.write_with_encoder(pen)?,
        other => other.to_rgb8().write_with_encoder(pen)?,
    }
    Ok(bytes)
}
