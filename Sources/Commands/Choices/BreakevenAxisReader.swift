import ArgumentParser
import GantryCompiler
import GantryExperiments
import GantryManifests
import GantryModel

/// Reads the axis of a breakeven: `workload.rate=1..200/day`, `nodes.arm64.count=1..6`.
struct BreakevenAxisReader {
  /// The name of the option in findings.
  static let option = "--over"

  /// The axis; what is wrong with it goes to the sink, with its place.
  func axis(_ text: String, sink: DiagnosticSink) -> BreakevenAxis? {
    func refuse(_ message: String, at offset: Int) -> BreakevenAxis? {
      sink.error(
        "E0099", "cannot read '\(text)': \(message)",
        at: SourceLocation(file: Self.option, line: 1, column: offset + 1),
        suggestion: "write path=low..high, such as workload.rate=1..200/day")
      return nil
    }
    let parts = AxisText.splits(text, at: "=")
    guard parts.count == 2 else {
      return refuse(
        "expected '=' and a range", at: parts.count > 2 ? parts[2].offset - 1 : text.count)
    }
    let path = parts[0].text
    guard !path.isEmpty else { return refuse("expected a path before '='", at: 0) }
    var range = parts[1].text
    let start = parts[1].offset
    var unit: String?
    if let slash = range.firstIndex(of: "/") {
      let offset = start + range.distance(from: range.startIndex, to: slash)
      unit = String(range[range.index(after: slash)...])
      range = String(range[..<slash])
      guard path == WorkloadRate.path else {
        return refuse("only \(WorkloadRate.path) is per something", at: offset)
      }
      guard RateArgument.days(unit ?? "") != nil else {
        return refuse("expected hour, day, week or month", at: offset + 1)
      }
    }
    guard let points = range.firstRange(of: "..") else {
      return refuse("expected two numbers with '..' between", at: start)
    }
    let (from, to) = (range[..<points.lowerBound], range[points.upperBound...])
    guard let low = Double(from), low.isFinite else {
      return refuse("expected a number", at: start)
    }
    let second = start + range.distance(from: range.startIndex, to: points.upperBound)
    guard let high = Double(to), high.isFinite else {
      return refuse("expected a number", at: second)
    }
    guard low < high else { return refuse("the range is empty", at: start) }
    if path == WorkloadRate.path {
      guard low > 0 else { return refuse("a rate is above 0", at: start) }
      return BreakevenAxis(path: path, low: low, high: high, unit: unit ?? "day", isWhole: false)
    }
    return BreakevenAxis(path: path, low: low, high: high, unit: nil, isWhole: false)
  }

  /// The setting that puts a value on the axis; nil where it is none of the scenario's fields.
  static func setting(_ axis: BreakevenAxis, _ value: Double) -> ScenarioSetting? {
    guard axis.path != WorkloadRate.path else { return nil }
    let text = value == value.rounded() && value.magnitude < 1e15 ? "\(Int(value))" : "\(value)"
    return ScenarioSetting(
      "\(axis.path)=\(text)", at: SourceLocation(file: option, line: 1, column: 1),
      valueAt: SourceLocation(file: option, line: 1, column: axis.path.count + 2))
  }

  /// Whether a field takes whole numbers only: a fraction is refused where the low end is not.
  ///
  /// Errors of the low end itself go to the sink.
  func isWhole(
    _ axis: BreakevenAxis, _ path: String?, loader: InputLoader, sink: DiagnosticSink
  ) -> Bool {
    func errors(_ value: Double) -> [Diagnostic] {
      guard let setting = Self.setting(axis, value) else { return [] }
      let own = DiagnosticSink()
      _ = try? ScenarioFileReader.read(
        path: path, settings: loader.options.settings, further: loader.further + [setting],
        sink: own)
      return own.diagnostics.filter {
        $0.severity == .error && $0.location?.file == Self.option
      }
    }
    let wrong = errors(axis.low)
    wrong.forEach(sink.add)
    return wrong.isEmpty && !errors(axis.low + 0.5).isEmpty
  }
}
