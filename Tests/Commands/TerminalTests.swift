#if canImport(Glibc)
  import Foundation
  import Glibc
  import Testing

  /// Colours on a terminal of its own (a pseudo-terminal).
  @Suite("On a terminal")
  struct TerminalTests {
    /// What a command writes to a terminal, with these variables set.
    private func onTerminal(_ variables: [String: String]) throws -> String {
      let gantry = try Gantry()
      try gantry.write("naps.yaml", Files.manifests())
      gantry.environment.merge(variables) { $1 }
      let master = posix_openpt(O_RDWR | O_NOCTTY)
      try #require(master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0)
      defer { close(master) }
      let name = try #require(ptsname(master).map { String(cString: $0) })
      let slave = open(name, O_RDWR | O_NOCTTY)
      try #require(slave >= 0)
      let process = try gantry.process(["simulate", "naps.yaml", "--no-store"])
      process.standardOutput = FileHandle(fileDescriptor: slave, closeOnDealloc: false)
      process.standardError = FileHandle.nullDevice
      try process.run()
      close(slave)
      var text: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 4096)
      while true {
        // A closed terminal reads as an error.
        let count = read(master, &buffer, buffer.count)
        guard count > 0 else { break }
        text += buffer[..<count]
      }
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      return String(decoding: text, as: UTF8.self)
    }

    @Test("a terminal gets colours, unless NO_COLOR or a dumb terminal says no")
    func colours() throws {
      #expect(try onTerminal([:]).contains("\u{1B}["))
      let plain = try onTerminal(["NO_COLOR": "1"])
      #expect(plain.contains("naps-run") && !plain.contains("\u{1B}["))
      #expect(try !onTerminal(["TERM": "dumb"]).contains("\u{1B}["))
    }
  }
#endif
