/// How a report for people is drawn; the caller finds out what the terminal can do.
public struct ReportOptions: Sendable, Hashable {
  /// How much is shown of many runs.
  public enum Detail: Sendable, Hashable {
    /// Every run when there are few; percentiles and extremes when there are many.
    case summary
    /// Every run, every input that differs, every assumption.
    case full
  }

  /// In columns; no line is wider.
  ///
  /// At least 40 are used.
  public var width: Int
  /// Whether ANSI colours are used.
  public var colour: Bool
  /// Whether block characters and other signs outside ASCII are drawn.
  public var unicode: Bool
  public var detail: Detail

  /// Makes options; the defaults suit a pipe.
  public init(
    width: Int = 100, colour: Bool = false, unicode: Bool = true, detail: Detail = .summary
  ) {
    self.width = max(40, width)
    self.colour = colour
    self.unicode = unicode
    self.detail = detail
  }
}
