import ArgumentParser

/// One of several parts of a sweep's points, as `2/3`.
///
/// Points are dealt out in turn, so that parts take about as long as each other.
struct Shard: Hashable {
  /// From 1.
  let part: Int
  let parts: Int

  /// Nil for anything but two whole numbers in order.
  init?(_ text: String) {
    let halves = text.split(separator: "/", omittingEmptySubsequences: false)
    guard halves.count == 2, let part = Int(halves[0]), let parts = Int(halves[1]) else {
      return nil
    }
    self.init(part: part, of: parts)
  }

  /// Nil for a part that does not exist.
  init?(part: Int, of parts: Int) {
    guard part >= 1, part <= parts, parts <= 1_000_000 else { return nil }
    self.part = part
    self.parts = parts
  }

  /// Whether the point at a position, counted from 0, belongs to this part.
  func contains(_ position: Int) -> Bool { position % parts == part - 1 }
}

/// What `--shard` says: a part, or that the batch system says which.
enum ShardArgument: ReadableArgument, Hashable {
  static let expectation = "'auto' or a part and the number of parts, such as 2/3"

  case part(Shard)
  case auto

  init?(argument: String) {
    if argument == "auto" {
      self = .auto
    } else if let shard = Shard(argument) {
      self = .part(shard)
    } else {
      return nil
    }
  }

  /// The part that this process has.
  ///
  /// - Throws: `ValidationError` when the environment names none, or more than one.
  func shard(_ environment: [String: String]) throws -> Shard {
    switch self {
    case .part(let shard): shard
    case .auto: try ArrayTask(environment).shard
    }
  }
}

/// The place of a process in an array of a batch system, by the variables that the system sets.
///
/// Source: Kubernetes documentation, Indexed Jobs; sbatch(1) of Slurm 22.05, OUTPUT ENVIRONMENT VARIABLES;
/// AWS Batch user guide, job environment variables; all read 2026-11.
struct ArrayTask {
  let shard: Shard
  /// Tells this attempt of the part from others.
  let attempt: String

  private static let indexNames = [
    "JOB_COMPLETION_INDEX", "SLURM_ARRAY_TASK_ID", "AWS_BATCH_JOB_ARRAY_INDEX",
  ]

  init(_ environment: [String: String]) throws {
    let found = Self.indexNames.filter { environment[$0] != nil }
    guard let name = found.first, found.count == 1 else {
      throw ValidationError(
        found.isEmpty
          ? "--shard auto: none of \(Self.indexNames.joined(separator: ", ")) is set."
          : "--shard auto: \(found.joined(separator: " and ")) are set; only one may be.")
    }
    // Of an array that is repeated in parts, Slurm's count is that of the parts.
    let isWhole =
      (environment["SLURM_ARRAY_TASK_MIN"] ?? "0") == "0"
      && (environment["SLURM_ARRAY_TASK_STEP"] ?? "1") == "1"
    let slurm = isWhole ? environment["SLURM_ARRAY_TASK_COUNT"] : nil
    let count = environment["GANTRY_SHARDS"] ?? slurm ?? environment["AWS_BATCH_JOB_ARRAY_SIZE"]
    guard let count else {
      throw ValidationError("--shard auto: GANTRY_SHARDS must say how many shards there are.")
    }
    guard let index = environment[name].flatMap(Int.init), let parts = Int(count),
      let shard = Shard(part: index + 1, of: parts)
    else {
      throw ValidationError(
        "--shard auto: \(name)=\(environment[name] ?? "") is none of \(count) shards, counted from 0."
      )
    }
    self.shard = shard
    attempt = Self.attempt(environment)
  }

  private static func attempt(_ environment: [String: String]) -> String {
    func joined(_ names: String...) -> String? {
      let values = names.compactMap { environment[$0] }
      return values.isEmpty ? nil : values.joined(separator: "-")
    }
    let text =
      joined("GANTRY_ATTEMPT")
      ?? (environment["SLURM_ARRAY_JOB_ID"].map {
        "\($0)-\(environment["SLURM_RESTART_COUNT"] ?? "0")"
      })
      ?? joined("AWS_BATCH_JOB_ID", "AWS_BATCH_JOB_ATTEMPT") ?? joined("HOSTNAME") ?? "1"
    return String(text.map { $0.isLetter || $0.isNumber || $0 == "-" ? $0 : "-" })
  }
}
