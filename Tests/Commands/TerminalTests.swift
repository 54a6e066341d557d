#if canImport(Glibc)
  import Foundation
  import Glibc
  import Testing

  /// Colours on a terminal of its own (a pseudo-terminal).
  @Suite("On a terminal")
  struct TerminalTests {
    /// What a command writes to a terminal, with these variables set.
    private func onTerminal(
      _ variables: [String: String], _ arguments: [String] = ["simulate"], errors: Bool = false
    ) throws -> String {
      let gantry = try Gantry()
      try gantry.write("naps.yaml", Files.manifests())
      gantry.environment.merge(variables) { $1 }
      // Linux's own way to a pseudo-terminal: unlock it (TIOCSPTLCK), ask its number (TIOCGPTN).
      let master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
      try #require(master >= 0)
      defer { close(master) }
      var lock: Int32 = 0
      var number: UInt32 = 0
      try #require(ioctl(master, 0x4004_5431, &lock) == 0)
      try #require(ioctl(master, 0x8004_5430, &number) == 0)
      let slave = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
      try #require(slave >= 0)
      let process = try gantry.process(arguments + ["naps.yaml", "--no-store"])
      let terminal = FileHandle(fileDescriptor: slave, closeOnDealloc: false)
      process.standardOutput = errors ? FileHandle.nullDevice : terminal
      process.standardError = errors ? terminal : FileHandle.nullDevice
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

    @Test("a sweep shows its rate and the time that is left, and wipes the line at the end")
    func progress() throws {
      let text = try onTerminal(
        [:], ["sweep", "--vary", "nodes.arm64.count=1..2", "--replications", "100"], errors: true)
      let shown = text.matches(of: /\d+ simulations, \d+ a second, about \d+m\d\ds left/)
      #expect(!shown.isEmpty, "\(text.suffix(300))")
      #expect(text.hasSuffix("\r\u{1B}[K"), "\(text.suffix(300))")
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
