import Foundation
import GantryCloud
import GantryExperiments
import GantryModel

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Finds the axes of a sweep: on the command line, in the scenario, among the scenarios named.
struct AxisReader {
  let sink: DiagnosticSink

  /// Axes of `--vary`, ranges written out.
  func axes(of options: [String]) -> [GridAxis] {
    let reader = AxisText(sink: sink)
    return options.enumerated().compactMap { index, text in
      reader.axis(text, at: SourceLocation(file: "--vary", line: index + 1, column: 1))
    }.map { $0.path.value == GridAxis.scenario ? scenarios($0) : $0 }
  }

  /// Axes of a scenario file, ranges written out.
  func axes(of file: ScenarioFile) -> [GridAxis] {
    let reader = AxisText(sink: sink)
    return file.axes.map { axis in
      let values = axis.values.compactMap {
        reader.values($0.value, at: $0.location, of: axis.path.value)
      }
      return GridAxis(path: axis.path, values: values.flatMap { $0 })
    }
  }

  /// The scenarios named on the command line as an axis; nil for less than two.
  static func scenarios(_ paths: [String]) -> GridAxis? {
    let scenarios = paths.filter { InputLoader.scenarioFile(at: $0) != nil }
    guard scenarios.count > 1 else { return nil }
    let place = SourceLocation(file: "<command line>", line: 1, column: 1)
    return GridAxis(
      path: Located(GridAxis.scenario, at: place), values: scenarios.map { Located($0, at: place) })
  }

  /// The axis with patterns such as `layouts/*` replaced by the scenarios that fit.
  private func scenarios(_ axis: GridAxis) -> GridAxis {
    var axis = axis
    axis.values = axis.values.flatMap { value in
      let isPattern = value.value.contains { "*?[".contains($0) }
      let found = (isPattern ? Self.matches(value.value) : [value.value]).filter {
        InputLoader.scenarioFile(at: $0) != nil
      }
      if found.isEmpty {
        sink.error(
          "E0090", "'\(value.value)' names no scenario", at: value.location,
          suggestion: "name folders with a scenario.yaml, such as scenarios/layouts/*")
      }
      return found.map { Located($0, at: value.location) }
    }
    return axis
  }

  /// Paths that fit a pattern of the shell, sorted.
  private static func matches(_ pattern: String) -> [String] {
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(pattern, 0, nil, &found) == 0 else { return [] }
    return (0..<Int(found.gl_pathc)).compactMap { index in
      found.gl_pathv[index].map { String(cString: $0) }
    }
  }

  /// The axis with `arm64:2xlarge` and its like replaced by the types they stand for.
  func instances(_ axis: GridAxis, region: String, catalog: Catalog) -> GridAxis {
    guard axis.path.value.hasSuffix(".type") else { return axis }
    var axis = axis
    axis.values = axis.values.flatMap { value -> [Located<String>] in
      guard let kind = InstanceClass(value.value) else { return [value] }
      do {
        let types = try kind.types(in: region, catalog: catalog)
        if types.isEmpty {
          let nearest = try kind.nearestSize(in: region, catalog: catalog)
          sink.error(
            "E0090",
            "no current \(kind.architecture.rawValue) type of the size '\(kind.size)' is sold in "
              + region, at: value.location, suggestion: nearest.map { "did you mean '\($0)'?" })
          // Kept, so that nothing is said of an axis without values as well.
          return [value]
        }
        return types.map { Located($0, at: value.location) }
      } catch {
        sink.error("E0300", "\(error)", at: value.location)
        return []
      }
    }
    return axis
  }
}
