// The media types of common web files. They are the same on every machine. Any installed program can change
// the user's database of types, and a script with a wrong type does not run.

internal import CMartletWebKit
internal import MartletGLib

enum MediaTypes {
  /// Determined by the name alone: content is never sniffed. An ending that is not in the table gets the
  /// desktop's type, or that of bytes.
  static func type(of file: String) -> String {
    known[ending(of: file)] ?? guess(file) ?? "application/octet-stream"
  }

  /// The part after the last dot of the name, in lower case.
  private static func ending(of file: String) -> String {
    let name = file.utf8.split(separator: UInt8(ascii: "/")).last ?? file.utf8[...]
    let parts = name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count > 1 ? String(decoding: parts[parts.count - 1], as: UTF8.self).lowercasedASCII : ""
  }

  private static func guess(_ file: String) -> String? {
    String(taking: g_content_type_guess(file, nil, 0, nil)).flatMap { content in
      String(taking: g_content_type_get_mime_type(content))
    }
  }

  private static let known: [String: String] = [
    // Pages and what they load.
    "html": "text/html", "htm": "text/html", "xhtml": "application/xhtml+xml", "xht": "application/xhtml+xml",
    "js": "text/javascript", "mjs": "text/javascript", "cjs": "text/javascript", "css": "text/css",
    "json": "application/json", "map": "application/json", "wasm": "application/wasm",
    "webmanifest": "application/manifest+json", "vtt": "text/vtt",
    // Text.
    "txt": "text/plain", "md": "text/markdown", "csv": "text/csv", "xml": "application/xml",
    "pdf": "application/pdf",
    // Images.
    "svg": "image/svg+xml", "png": "image/png", "apng": "image/apng", "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif", "webp": "image/webp", "avif": "image/avif", "jxl": "image/jxl", "bmp": "image/bmp",
    "ico": "image/x-icon", "cur": "image/x-icon", "tif": "image/tiff", "tiff": "image/tiff",
    // Fonts.
    "woff": "font/woff", "woff2": "font/woff2", "ttf": "font/ttf", "otf": "font/otf",
    "ttc": "font/collection",
    // Audio.
    "mp3": "audio/mpeg", "m4a": "audio/mp4", "aac": "audio/aac", "flac": "audio/flac", "wav": "audio/wav",
    "ogg": "audio/ogg", "oga": "audio/ogg", "opus": "audio/ogg", "weba": "audio/webm", "mid": "audio/midi",
    "midi": "audio/midi",
    // Video.
    "mp4": "video/mp4", "m4v": "video/mp4", "webm": "video/webm", "ogv": "video/ogg",
    "mov": "video/quicktime",
    "mkv": "video/x-matroska", "mpg": "video/mpeg", "mpeg": "video/mpeg", "avi": "video/x-msvideo",
    "3gp": "video/3gpp", "m3u8": "application/vnd.apple.mpegurl",
  ]
}
