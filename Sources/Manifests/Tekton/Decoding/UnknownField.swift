import GantryModel

/// What to say about a field that an object does not have.
enum UnknownField {
  /// A field of another Tekton, another version of the API, or another tool.
  private struct Foreign {
    var name: String
    /// The last names of the path, indices apart.
    var place: String
    var suggestion: String
  }

  private static let newer =
    "the fields of Tekton 1.15 are read; should a newer release have this one, leave it out here"

  private static let foreign: [Foreign] = [
    Foreign(
      name: "version", place: "taskRef",
      suggestion: "Konflux puts a bundle in its place: read what its build makes of this file"),
    Foreign(
      name: "conditions", place: "tasks", suggestion: "Conditions are no more: use 'when'"),
    Foreign(
      name: "breakpoint", place: "spec",
      suggestion: "write debug: {breakpoints: {onFailure: enabled}}"),
    Foreign(
      name: "stepOverrides", place: "spec", suggestion: "in v1 the field is 'stepSpecs'"),
    Foreign(
      name: "sidecarOverrides", place: "spec", suggestion: "in v1 the field is 'sidecarSpecs'"),
    Foreign(
      name: "taskPodTemplate", place: "taskRunSpecs", suggestion: "in v1 the field is 'podTemplate'"
    ),
    Foreign(
      name: "taskServiceAccountName", place: "taskRunSpecs",
      suggestion: "in v1 the field is 'serviceAccountName'"),
    Foreign(
      name: "resources", place: "steps", suggestion: "in v1 the field is 'computeResources'"),
    Foreign(
      name: "resources", place: "sidecars", suggestion: "in v1 the field is 'computeResources'"),
    Foreign(
      name: "resources", place: "stepTemplate",
      suggestion: "in v1 the field is 'computeResources'"),
    Foreign(name: "when", place: "include", suggestion: newer),
    Foreign(name: "default", place: "results", suggestion: newer),
    Foreign(name: "valueFrom", place: "params", suggestion: newer),
    Foreign(name: "podTemplate", place: "taskSpec", suggestion: newer),
  ]

  /// A hint: what became of a known field, the field of that name one level down, or a similar name.
  static func suggestion(
    for name: String, at path: String, in fields: [String: Shape]
  ) -> String? {
    let place = String(
      path.split(separator: ".").last.map { $0.prefix { $0 != "[" } } ?? "")
    if let known = foreign.first(where: { $0.name == name && $0.place == place }) {
      return known.suggestion
    }
    let below = fields.keys.sorted().filter { key in
      if case .object(let inner)? = fields[key] { inner[name] != nil } else { false }
    }
    if below.count == 1 { return "did you mean '\(below[0]).\(name)'?" }
    return nearestName(to: name, in: fields.keys.sorted()).map { "did you mean '\($0)'?" }
  }
}
