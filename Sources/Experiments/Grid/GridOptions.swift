import GantryModel

/// Reads which axes are paired and which points are left out.
struct GridOptions {
  let axes: [GridAxis]
  let sink: DiagnosticSink

  private var names: [String] { axes.map(\.path.value) }

  private func position(of name: String) -> Int? { names.firstIndex(of: name) }

  private func nearest(to name: String) -> String {
    nearestName(to: name, in: names).map { "did you mean '\($0)'?" }
      ?? (names.isEmpty ? "give axes with --vary" : "axes are \(names.joined(separator: ", "))")
  }

  /// Axes that are walked together, by position; those that no option pairs are alone.
  func groups(_ zips: [Located<String>]) -> [[Int]] {
    var groupOf: [Int: Int] = [:]
    for (group, zip) in zips.enumerated() {
      for part in AxisText.splits(zip.value, at: ",") {
        let place = zip.location.moved(by: part.offset)
        guard let axis = position(of: part.text) else {
          sink.error(
            "E0094", "no axis is called '\(part.text)'", at: place,
            suggestion: nearest(to: part.text))
          continue
        }
        if groupOf.updateValue(group, forKey: axis) != nil {
          sink.error("E0094", "'\(part.text)' is paired twice", at: place)
        }
      }
      let members = axes.indices.filter { groupOf[$0] == group }
      let counts = Set(members.map { axes[$0].values.count })
      if members.count < 2 {
        sink.error(
          "E0094", "'\(zip.value)' pairs nothing; expected two axes or more", at: zip.location)
      } else if counts.count > 1 {
        let all = members.map { "\(names[$0]) has \(axes[$0].values.count)" }
        sink.error(
          "E0094", "axes that are paired need equally many values: \(all.joined(separator: ", "))",
          at: zip.location)
      }
    }
    var made: [[Int]] = []
    for axis in axes.indices {
      guard let group = groupOf[axis] else {
        made.append([axis])
        continue
      }
      let members = axes.indices.filter { groupOf[$0] == group }
      if members.first == axis { made.append(members) }
    }
    return made
  }

  /// What a point must have to be left out; nil after reporting.
  func exclusion(_ option: Located<String>) -> [Int: String]? {
    var pairs: [Int: String] = [:]
    for part in AxisText.splits(option.value, at: ",") {
      let place = option.location.moved(by: part.offset)
      let halves = AxisText.splits(part.text, at: "=")
      guard halves.count >= 2 else {
        sink.error(
          "E0095", "cannot read '\(part.text)': expected path=value", at: place,
          suggestion: "write path=value,path=value, such as nodes.arm64.count=1")
        return nil
      }
      guard let axis = position(of: halves[0].text) else {
        sink.error(
          "E0095", "no axis is called '\(halves[0].text)'", at: place,
          suggestion: nearest(to: halves[0].text))
        return nil
      }
      let value = String(part.text.dropFirst(halves[1].offset))
      let known = axes[axis].values.map(\.value)
      guard known.contains(value) else {
        sink.error(
          "E0095", "\(halves[0].text) never is '\(value)'", at: place.moved(by: halves[1].offset),
          suggestion: nearestName(to: value, in: known).map { "did you mean '\($0)'?" })
        return nil
      }
      pairs[axis] = value
    }
    return pairs
  }
}
