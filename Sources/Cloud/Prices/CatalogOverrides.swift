public import GantryModel

/// Figures that a scenario gives instead of the catalogue's, by path.
///
/// Paths: `ec2.<type>.onDemand` and `ec2.<type>.spot` in USD per hour; the paths of `ServiceFigure`
/// such as `natGateway.hour`; `cpu.<type>.perThread` and `cpu.<type>.total` in reference threads;
/// `figures.<service>.<item>.<metric>` for any other figure of `services.csv`, such as
/// `figures.ebs.gp3.max_iops`.
public struct CatalogOverrides: Hashable, Sendable {
  private var values: [String: Double] = [:]

  /// Makes an empty set.
  public init() {}

  /// Makes a set from paths and values, unchecked; `Catalog.problems(in:)` finds those that lead nowhere.
  public init(_ values: [String: Double]) { self.values = values }

  /// The value at a path; nil where nothing is overridden.
  public subscript(path: String) -> Double? {
    get { values[path] }
    set { values[path] = newValue }
  }

  /// The overridden paths, sorted.
  public var paths: [String] { values.keys.sorted() }
}

extension Catalog {
  /// Finds every override that names nothing, or gives a value no figure can have.
  /// - Returns: The problems in order of their paths; `.unknownOverride` or `.badOverride`.
  public func problems(in overrides: CatalogOverrides) throws(CatalogError) -> [CatalogError] {
    guard !overrides.paths.isEmpty else { return [] }
    let known = try knownOverridePaths()
    let names = Set(known)
    var problems: [CatalogError] = []
    for path in overrides.paths {
      guard names.contains(path) else {
        problems.append(.unknownOverride(path: path, nearest: Catalog.nearest(to: path, in: known)))
        continue
      }
      if let value = overrides[path], !(value.isFinite && value >= 0) {
        problems.append(.badOverride(path: path, value: value))
      }
    }
    return problems
  }

  /// Reads a scenario's `prices:`, reporting what names nothing or makes no sense at its place.
  /// - Returns: The entries without problems.
  public func overrides(
    _ entries: [ScenarioFile.Override], reportingTo sink: DiagnosticSink
  ) throws(CatalogError) -> CatalogOverrides {
    var valid = CatalogOverrides()
    for entry in entries {
      let path = entry.id.value
      switch try problems(in: CatalogOverrides([path: entry.value])).first {
      case nil: valid[path] = entry.value
      case .unknownOverride(_, let nearest)?:
        sink.error(
          "E0803", "no figure of the catalogue is called '\(path)'", at: entry.id.location,
          suggestion: nearest.first)
      case .some(let problem): sink.error("E0804", "\(problem)", at: entry.id.location)
      }
    }
    return valid
  }

  private func knownOverridePaths() throws(CatalogError) -> [String] {
    var paths = ServiceFigure.known.map(\.path)
    for name in instanceNames {
      paths += ["ec2.\(name).onDemand", "ec2.\(name).spot"]
      paths += ["cpu.\(name).perThread", "cpu.\(name).total"]
    }
    var seen: Set<String> = []
    for sourced in serviceTables {
      for row in try sourced.table.rows() {
        let path = "figures.\(row.fields[0]).\(row.fields[1]).\(try row.text("metric"))"
        if seen.insert(path).inserted { paths.append(path) }
      }
    }
    return paths
  }
}
