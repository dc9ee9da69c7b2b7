// A local web server with one page, for tests that need an `http:` origin, or an invalid response.

import Glibc
import MartletTesting

/// Sends the same response to every request, until it is freed.
final class WebServerForTest {
  let origin: String
  private let socket: Int32

  convenience init(page: String) throws {
    try self.init(
      answer:
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: \(page.utf8.count)\r\nConnection: "
        + "close\r\n\r\n"
        + page)
  }

  /// - Parameter answer: The complete response, head and body.
  init(answer: String) throws {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withUnsafeMutablePointer(to: &address) { address in
      address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(socket, address, size) == 0 && listen(socket, 8) == 0 && getsockname(socket, address, &size) == 0
      }
    }
    guard isListening else { throw TestingError("no web server: \(String(cString: strerror(errno)))") }
    self.socket = socket
    origin = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))"
    try Self.serve(socket, answer)
  }

  deinit {
    shutdown(socket, Int32(SHUT_RDWR))
    close(socket)
  }

  /// Runs on a thread of its own until the socket is shut down.
  private static func serve(_ socket: Int32, _ answer: String) throws {
    let box = Unmanaged.passRetained(Service(socket, answer))
    var thread = pthread_t()
    let failed = pthread_create(
      &thread, nil,
      { pointer in
        let service = Unmanaged<Service>.fromOpaque(pointer!).takeRetainedValue()
        while case let connection = accept(service.socket, nil, nil), connection >= 0 {
          var request = [UInt8](repeating: 0, count: 8192)
          if read(connection, &request, request.count) > 0 {
            _ = service.answer.utf8.withContiguousStorageIfAvailable {
              send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
          }
          close(connection)
        }
        return nil
      }, box.toOpaque())
    guard failed == 0 else {
      box.release()
      throw TestingError("no thread for the web server")
    }
    pthread_detach(thread)
  }

  private final class Service {
    let socket: Int32
    let answer: String

    init(_ socket: Int32, _ answer: String) {
      self.socket = socket
      self.answer = answer
    }
  }
}
