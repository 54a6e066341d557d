/// Why the catalogue cannot answer.
public enum CatalogError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The folder with the catalogue's files was not found in any of these places.
  case folderNotFound(searched: [String])
  /// A file of the catalogue cannot be read.
  case unreadable(file: String, reason: String)
  /// A file of the user's catalogue cannot be written.
  case unwritable(file: String, reason: String)
  /// A file of the catalogue is damaged.
  case malformed(file: String, line: Int, reason: String)
  /// No instance type has this name.
  case unknownType(String, nearest: [String])
  /// No instance family has this name.
  case unknownFamily(String, nearest: [String])
  /// No region has this name.
  case unknownRegion(String, nearest: [String])
  /// No zone of a known region has this name.
  case unknownZone(String, known: [String])
  /// The type is not sold in the region.
  case notOffered(type: String, region: String, offeredIn: [String])
  /// The type is not sold as spot capacity in the region, as far as known.
  case noSpotPrice(type: String, region: String)
  /// No figure of a service is known for the region.
  case unknownFigure(path: String, region: String, nearest: [String])
  /// An override names something that does not exist.
  case unknownOverride(path: String, nearest: [String])
  /// An override has a value that no figure can have.
  case badOverride(path: String, value: Double)
  /// Prices cannot be compared without a region.
  case regionNeeded

  /// What is wrong, what was expected, and the nearest known names.
  public var description: String {
    switch self {
    case .folderNotFound(let searched):
      "the catalogue's folder was not found; looked in \(searched.joined(separator: ", "))"
    case .unreadable(let file, let reason): "cannot read \(file): \(reason)"
    case .unwritable(let file, let reason): "cannot write \(file): \(reason)"
    case .malformed(let file, let line, let reason): "\(file):\(line):1: error: \(reason)"
    case .unknownType(let name, let nearest): unknown("instance type", name, nearest)
    case .unknownFamily(let name, let nearest): unknown("instance family", name, nearest)
    case .unknownRegion(let name, let nearest): unknown("region", name, nearest)
    case .unknownZone(let name, let known):
      "unknown zone '\(name)'; the region has \(known.joined(separator: ", "))"
    case .notOffered(let type, let region, let regions):
      regions.isEmpty
        ? "\(type) has no on-demand price in any region"
        : "\(type) has no price in \(region); it is offered in \(regions.joined(separator: ", "))"
    case .noSpotPrice(let type, let region): "no spot price of \(type) is known in \(region)"
    case .unknownFigure(let path, let region, let nearest):
      unknown("figure", path, nearest) + " (region \(region))"
    case .unknownOverride(let path, let nearest): unknown("override", path, nearest)
    case .badOverride(let path, let value):
      "override '\(path)' is \(value); expected a number from 0"
    case .regionNeeded: "a region is needed to sort by price"
    }
  }

  private func unknown(_ kind: String, _ name: String, _ nearest: [String]) -> String {
    let hint = nearest.isEmpty ? "" : "; did you mean \(nearest.joined(separator: ", "))?"
    return "unknown \(kind) '\(name)'\(hint)"
  }
}
