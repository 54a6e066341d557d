import ArgumentParser
import Foundation
import GantryModel
import GantryReport

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The terminal: where text goes and what may be drawn there.
struct Console {
  /// When colours are used.
  enum Colour: String, CaseIterable {
    case auto, always, never
  }

  let isTerminal = isatty(STDOUT_FILENO) == 1
  let isErrorTerminal = isatty(STDERR_FILENO) == 1

  /// The columns of the terminal; 100 for a pipe.
  var width: Int {
    if let columns = ProcessInfo.processInfo.environment["COLUMNS"].flatMap(Int.init), columns > 0 {
      return columns
    }
    var size = winsize()
    if isTerminal, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
      return Int(size.ws_col)
    }
    return 100
  }

  /// Whether block characters can be shown: the locale says UTF-8.
  var canShowUnicode: Bool {
    let environment = ProcessInfo.processInfo.environment
    let locale = environment["LC_ALL"] ?? environment["LC_CTYPE"] ?? environment["LANG"] ?? ""
    if locale.isEmpty { return true }
    return locale.lowercased().contains("utf")
  }

  /// Whether to colour what goes to standard output or standard error.
  func usesColour(_ choice: Colour, error: Bool = false) -> Bool {
    switch choice {
    case .always: true
    case .never: false
    case .auto:
      (error ? isErrorTerminal : isTerminal)
        && (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
        && ProcessInfo.processInfo.environment["TERM"] != "dumb"
    }
  }

  /// Writes to standard output; leaves with 74 when that takes nothing more.
  func print(_ text: String) {
    do {
      try FileHandle.standardOutput.write(contentsOf: Data(Self.lines(text).utf8))
    } catch {
      note("error: standard output cannot be written: \(Self.reason(error))")
      exit(ExitCode.ioError.rawValue)
    }
  }

  /// Writes a line to standard error, if anybody takes it.
  func note(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(Self.lines(text).utf8))
  }

  /// Overwrites the current line of standard error, on a terminal only.
  func progress(_ text: String) {
    guard isErrorTerminal else { return }
    try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[K\(text)".utf8))
  }

  /// A text that ends with a line break, of whatever kind.
  private static func lines(_ text: String) -> String {
    text.last?.isNewline == true ? text : text + "\n"
  }

  private static func reason(_ error: any Error) -> String {
    let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    let code = (underlying ?? error as NSError).code
    return String(cString: strerror(Int32(code)))
  }

  /// Shows findings on standard error.
  func show(_ diagnostics: [Diagnostic], texts: SourceTexts, colour: Colour) {
    guard !diagnostics.isEmpty else { return }
    let renderer = DiagnosticRenderer(
      texts: texts, isColored: usesColour(colour, error: true), width: max(40, width))
    note(renderer.render(diagnostics))
  }
}
