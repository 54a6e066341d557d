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

  /// Writes to standard output.
  func print(_ text: String) {
    FileHandle.standardOutput.write(Data((text.hasSuffix("\n") ? text : text + "\n").utf8))
  }

  /// Writes a line to standard error.
  func note(_ text: String) {
    FileHandle.standardError.write(Data((text.hasSuffix("\n") ? text : text + "\n").utf8))
  }

  /// Overwrites the current line of standard error, on a terminal only.
  func progress(_ text: String) {
    guard isErrorTerminal else { return }
    FileHandle.standardError.write(Data("\r\u{1B}[K\(text)".utf8))
  }

  /// Shows findings on standard error.
  func show(_ diagnostics: [Diagnostic], texts: SourceTexts, colour: Colour) {
    guard !diagnostics.isEmpty else { return }
    let renderer = DiagnosticRenderer(
      texts: texts, isColored: usesColour(colour, error: true), width: max(40, width))
    note(renderer.render(diagnostics))
  }
}
