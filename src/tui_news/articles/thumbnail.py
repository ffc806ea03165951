"""A picture's bytes into a small one. Runs in a worker: a picture may be made to explode, or to crash its decoder."""

from __future__ import annotations

import io

from tui_news.models import FeedError, TuinewsError
from tui_news.models.pictures import Thumbnail

WIDEST, TALLEST = 320, 240  # what a large terminal shows in half blocks
MOST_PIXELS = 40_000_000
GROUND = (32, 32, 32)  # under what is transparent


def thumbnail(data: bytes) -> Thumbnail:
    """The first frame, upright, within WIDEST × TALLEST. Raises TuinewsError for no picture, or too large a one.

    Needs Pillow, which the extra `tuinews[images]` brings: ImportError without it.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "GIF", "WEBP", "BMP")) as image:
            width, height = image.size
            if width * height > MOST_PIXELS or min(width, height) < 1:
                raise TuinewsError("The picture was not opened", f"it claims {width} × {height} points")
            image.draft("RGB", (WIDEST * 2, TALLEST * 2))
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((WIDEST, TALLEST))
            whole = upright.convert("RGBA")
            ground = Image.new("RGBA", whole.size, (*GROUND, 255))
            flat = Image.alpha_composite(ground, whole).convert("RGB")
            return Thumbnail(flat.width, flat.height, flat.tobytes())
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise FeedError("The picture was not opened", f"its bytes make no picture ({type(error).__name__})") from error
