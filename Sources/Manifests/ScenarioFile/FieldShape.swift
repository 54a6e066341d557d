/// What may be written in a field: drives the JSON Schema, `--set` and error messages.
indirect enum FieldShape: Sendable {
  case text(Format?)
  case choice([String])
  case whole(minimum: Int)
  case number(minimum: Double)
  /// A number (or a duration), or a distribution of such.
  case distribution(ofDurations: Bool)
  case flag
  /// A text, number or switch, or a list of them.
  case values
  case list(FieldShape)
  /// Free names with values of one shape.
  case map(FieldShape)
  case object(ObjectShape)

  /// A text with a syntax of its own.
  enum Format: Sendable {
    case duration
    case taint
    case businessHours
    case tektonRelease
    case openShiftPipelinesRelease

    /// The syntax as a regular expression of JSON Schema.
    var pattern: String {
      switch self {
      case .duration: #"^(0|([0-9]+(\.[0-9]+)?(ns|us|µs|ms|s|m|h|d))+)$"#
      case .taint: "^[^=:]+(=[^:]*)?:(NoSchedule|PreferNoSchedule|NoExecute)$"
      case .businessHours:
        "^([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)( weekdays)?$"
      case .tektonRelease, .openShiftPipelinesRelease: #"^v?[0-9]+\.[0-9]+(\.[0-9]+)?$"#
      }
    }

    /// What is expected, in words.
    var expectation: String {
      switch self {
      case .duration: "a duration such as 90s, 30m or 1h30m"
      case .taint: "a taint such as key=value:NoSchedule"
      case .businessHours: "hours such as '08:00-18:00' or '08:00-18:00 weekdays'"
      case .tektonRelease: "a release of Tekton Pipelines such as '0.59' or 'v1.15.0'"
      case .openShiftPipelinesRelease: "a release of OpenShift Pipelines such as '1.14'"
      }
    }
  }

  /// Whether a single text or number is expected, so that `--set` may take any scalar as text.
  var isText: Bool {
    switch self {
    case .text, .choice: true
    default: false
    }
  }
}

/// The fields of one kind of mapping, without its values' types.
struct ObjectShape: Sendable {
  /// The name under `$defs` of the schema, such as `pool`.
  let name: String
  /// What the mapping is for.
  let description: String
  /// The fields in the order they are written.
  let fields: [FieldOutline]
}

/// One field of a mapping, for people and editors.
struct FieldOutline: Sendable {
  let name: String
  let shape: FieldShape
  let description: String
  /// What holds when the field is absent, in words or as a value.
  let defaultText: String?
  let isRequired: Bool
}
