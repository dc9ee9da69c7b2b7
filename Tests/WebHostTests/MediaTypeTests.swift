// Tests the media types of files, which depend on their names only.

import Testing

@testable import MartletWebHost

@Suite struct MediaTypeTests {
  @Test(arguments: [
    ("/a/page.html", "text/html"), ("/a/PAGE.HTM", "text/html"), ("/a/script.js", "text/javascript"),
    ("/a/module.mjs", "text/javascript"), ("/a/style.min.css", "text/css"),
    ("/a/data.json", "application/json"),
    ("/a/picture.svg", "image/svg+xml"), ("/a/code.wasm", "application/wasm"),
    ("/a/feed.xml", "application/xml"),
    ("/a/readme.txt", "text/plain"), ("/a/font.woff2", "font/woff2"), ("/a/film.webm", "video/webm"),
    ("/a/sound.mp3", "audio/mpeg"), ("/a/picture.JPEG", "image/jpeg"), ("/a/e\u{301}.js", "text/javascript"),
  ])
  func `The files of web pages have the same media types on every machine`(file: String, type: String) {
    #expect(MediaTypes.type(of: file) == type)
  }

  @Test(arguments: ["/a.js/noending", "/a/page.html.unknown-ending", "/a/", "", "/a/.", "/a/file."])
  func `Only the last ending of the file's own name counts`(file: String) {
    #expect(!["text/javascript", "text/html"].contains(MediaTypes.type(of: file)))
  }
}
