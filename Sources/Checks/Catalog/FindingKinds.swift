public import GantryModel

/// All kinds of findings that gantry makes, by code: those of reading and compiling, and those of the
/// rules.
public enum FindingKinds {
  /// The kinds, sorted by code.
  public static let all: [FindingKind] = CheckRules.kinds.sorted { $0.code < $1.code }
}
