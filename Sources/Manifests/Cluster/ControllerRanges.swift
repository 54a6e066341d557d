import GantryModel

extension ControllerSettings {
  /// The most buckets that leader election takes.
  ///
  /// Source: MaxBuckets of knative.dev/pkg's leaderelection and of the Tekton operator, read 2026-11-25.
  private static let mostBuckets = 10

  /// The most workers, replicas and requests: more than any cluster has or takes.
  private static let most = 1_000_000

  /// Reports values that cannot work, each at its place.
  func reportWrongValues(to sink: DiagnosticSink) {
    func positive(_ name: String, _ value: Located<Int>?, _ otherwise: String) {
      guard let value, !(1...Self.most).contains(value.value) else { return }
      let why = value.value < 1 ? "\(otherwise); " : ""
      sink.error(
        "E0430",
        "\(name) is \(value.value): \(why)expected a whole number from 1 to \(Self.most)",
        at: value.location)
    }
    positive(
      "threads-per-controller", threadsPerController,
      "without a worker the controllers never do anything")
    positive("replicas", replicas, "without a replica no run ever starts")
    positive("kube-api-burst", kubeAPIBurst, "Tekton refuses or ignores it")
    if let qps = kubeAPIQPS, qps.value <= 0 || qps.value > Double(Self.most) {
      let why = qps.value <= 0 ? "Tekton refuses or ignores it; " : ""
      sink.error(
        "E0430",
        "kube-api-qps is \(ScalarResolution.canonical(qps.value)): \(why)expected a number above 0, "
          + "up to \(Self.most)", at: qps.location)
    }
    if let buckets, !(1...Self.mostBuckets).contains(buckets.value) {
      sink.error(
        "E0430",
        "buckets is \(buckets.value): expected a whole number from 1 to \(Self.mostBuckets)",
        at: buckets.location)
    }
  }
}
