public import GantryModel

/// What the scheduler reads of a Service: which pods it selects.
public struct ClusterService: Hashable, Sendable {
  /// The service's namespace.
  public var namespace: String
  /// The service's name.
  public var name: String
  /// The labels of its pods; nil selects none.
  public var selector: [String: String]?

  /// Makes a service.
  public init(namespace: String, name: String, selector: [String: String]?) {
    self.namespace = namespace
    self.name = name
    self.selector = selector
  }
}

/// What the scheduler reads of a PodDisruptionBudget.
public struct DisruptionBudget: Hashable, Sendable {
  /// The budget's namespace.
  public var namespace: String
  /// The budget's name.
  public var name: String
  /// The pods it guards; nil or empty guards none.
  public var selector: LabelSelector?
  /// How many of them may be evicted now.
  public var disruptionsAllowed: Int

  /// Makes a budget.
  public init(namespace: String, name: String, selector: LabelSelector?, disruptionsAllowed: Int) {
    self.namespace = namespace
    self.name = name
    self.selector = selector
    self.disruptionsAllowed = disruptionsAllowed
  }
}
