// The objects of the Tekton API (tekton.dev/v1; v1beta1 is converted while reading), as far as a
// simulation needs them. Source: Tekton Pipelines API specification v0.59 and v1.15, read 2026-11-22.

/// The type of a parameter or result.
public enum ParameterType: String, Hashable, Sendable, CaseIterable {
  case string
  case array
  case object
}

/// A parameter's value.
public enum ParameterValue: Hashable, Sendable {
  case string(String)
  case array([String])
  /// Keys in the order written.
  case object([ObjectEntry])

  /// One key of an object value.
  public struct ObjectEntry: Hashable, Sendable {
    public var key: String
    public var value: String

    /// Joins key and value.
    public init(key: String, value: String) {
      self.key = key
      self.value = value
    }
  }

  /// The type of the value.
  public var type: ParameterType {
    switch self {
    case .string: .string
    case .array: .array
    case .object: .object
    }
  }
}

/// The declaration of a parameter.
public struct ParameterSpec: Sendable {
  public var name: Located<String>
  public var type: ParameterType
  public var defaultValue: ParameterValue?
  /// The keys an object parameter must have.
  public var properties: [String] = []
  /// The properties whose type is not `string`, which Tekton refuses.
  public var invalidProperties: [String] = []
  /// The values allowed; nil allows all.
  public var allowedValues: [String]?
  /// The type as written when it is none of the known ones.
  public var unknownType: Located<String>?
  /// Where each field is written.
  public var places = FieldPlaces()

  /// Makes a declaration.
  public init(name: Located<String>, type: ParameterType, defaultValue: ParameterValue? = nil) {
    self.name = name
    self.type = type
    self.defaultValue = defaultValue
  }
}

/// A parameter given to a task or a run.
public struct Parameter: Sendable {
  public var name: Located<String>
  public var value: Located<ParameterValue>

  /// Joins name and value.
  public init(name: Located<String>, value: Located<ParameterValue>) {
    self.name = name
    self.value = value
  }
}

/// The declaration of a result of a task.
public struct ResultSpec: Sendable {
  public var name: Located<String>
  public var type: ParameterType
  public var properties: [String] = []
  /// The properties whose type is not `string`, which Tekton refuses.
  public var invalidProperties: [String] = []
  /// The type as written when it is none of the known ones.
  public var unknownType: Located<String>?
  /// The expression that takes the value from a step's result, if any.
  public var value: Located<ParameterValue>?
  /// Where each field is written.
  public var places = FieldPlaces()

  /// Makes a declaration.
  public init(name: Located<String>, type: ParameterType = .string) {
    self.name = name
    self.type = type
  }
}
