/// How large and how deep an input may be before it is refused.
///
/// Real dumps stay far below: `oc get -A -o json` of a large cluster is tens of megabytes and some
/// twenty levels deep.
public struct YAMLLimits: Sendable {
  /// The largest file, in bytes.
  public var maximumBytes = 64 << 20
  /// The deepest nesting of lists and mappings.
  public var maximumDepth = 128
  /// The most values that aliases and merges may repeat in one document.
  public var maximumAliasedNodes = 1_000_000
  /// The most syntax errors reported for one file.
  public var maximumSyntaxErrors = 20

  /// Makes the usual limits.
  public init() {}
}
