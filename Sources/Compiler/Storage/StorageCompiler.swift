import GantryCloud
import GantryModel
import GantryUnits

/// From StorageClasses and claims to what stands behind them.
struct StorageCompiler {
  let input: CompilerInput
  let region: String
  /// Zones of the nodes, in their order.
  let zones: [String]
  let sink: DiagnosticSink
  private(set) var fileSystems: [FileSystemSpec] = []
  private(set) var classes: [String: StorageClass] = [:]
  private(set) var defaultClass: String
  private var systemByID: [String: Int] = [:]

  init(
    input: CompilerInput, region: String, zones: [String], isDefaultCluster: Bool,
    sink: DiagnosticSink
  ) {
    self.input = input
    self.region = region
    self.zones = zones
    self.sink = sink
    defaultClass = "gp3-csi"
    for built in StorageCompiler.openShiftClasses { classes[built.name.value] = built }
    if isDefaultCluster { classes["efs-csi"] = DefaultCluster.storageClass }
    for given in input.cluster.storageClasses + input.manifests.storageClasses {
      classes[given.name.value] = given
    }
    defaultClass =
      input.scenario.storage.defaultClass?.value
      ?? classes.values.filter(\.isDefault).map(\.name.value).sorted().first ?? defaultClass
    if let wanted = input.scenario.storage.defaultClass, classes[wanted.value] == nil {
      sink.error(
        "E0330", "no StorageClass is called '\(wanted.value)'", at: wanted.location,
        suggestion: known)
    }
  }

  /// The classes that OpenShift 4.15 makes on AWS.
  ///
  /// Source: OpenShift 4.15 documentation, persistent storage using AWS EBS; both wait for the
  /// first consumer, gp3-csi is the default.
  private static var openShiftClasses: [StorageClass] {
    let place = SourceLocation(file: "<OpenShift on AWS>", line: 1, column: 1)
    return ["gp3", "gp2"].map { kind in
      var made = StorageClass(
        name: Located("\(kind)-csi", at: place), provisioner: Located("ebs.csi.aws.com", at: place),
        location: place)
      made.parameters = ["type": kind]
      made.waitsForFirstConsumer = true
      return made
    }
  }

  private var known: String {
    "classes are \(classes.keys.sorted().joined(separator: ", "))"
  }

  /// A claim of a run in the plan; what cannot be provided is a diagnostic, and pods that use it wait.
  mutating func claim(_ claim: ResolvedClaim, in run: ResolvedPipelineRun) -> PlannedClaim {
    let binding = binding(of: claim, in: run)
    if let template = claim.template {
      let places = ClaimPlaces(binding, otherwise: run.location)
      return planned(claim.claimName, template, isPerRun: true, at: places)
    }
    let all = input.manifests.persistentVolumeClaims + input.cluster.persistentVolumeClaims
    guard let existing = all.first(where: { $0.name.value == claim.claimName }) else {
      return PlannedClaim(
        name: claim.claimName,
        backing: refuse(
          "no PersistentVolumeClaim is called '\(claim.claimName)'",
          at: binding?.places["persistentVolumeClaim.claimName"] ?? run.location,
          suggestion: nearestName(to: claim.claimName, in: all.map(\.name.value)).map {
            "did you mean '\($0)'?"
          } ?? "add its manifest to the scenario"),
        accessModes: [], requested: .zero, isPerRun: false)
    }
    return planned(
      claim.claimName, existing.spec, isPerRun: false, at: ClaimPlaces(existing.name.location))
  }

  /// What the run gives for the workspace of a claim.
  private func binding(of claim: ResolvedClaim, in run: ResolvedPipelineRun) -> WorkspaceBinding? {
    input.manifests.pipelineRuns.first { $0.location == run.location }?
      .workspaces.last { $0.name.value == claim.workspace }
  }

  /// Where the parts of a claim are written.
  private struct ClaimPlaces {
    var className: SourceLocation
    var accessModes: SourceLocation

    /// One place for all.
    init(_ place: SourceLocation) { (className, accessModes) = (place, place) }

    /// The places in a template; where a part is not written, those of what it is part of.
    init(_ binding: WorkspaceBinding?, otherwise: SourceLocation) {
      let places = binding?.places
      let whole =
        places?["volumeClaimTemplate.spec"] ?? places?["volumeClaimTemplate"] ?? otherwise
      className = places?["volumeClaimTemplate.spec.storageClassName"] ?? whole
      accessModes = places?["volumeClaimTemplate.spec.accessModes"] ?? whole
    }
  }

  private mutating func planned(
    _ name: String, _ spec: PersistentVolumeClaimSpec, isPerRun: Bool, at places: ClaimPlaces
  ) -> PlannedClaim {
    let requested = Bytes(spec.storage?.value ?? 0)
    var claim = PlannedClaim(
      name: name, backing: .unprovisionable(""), accessModes: spec.accessModes,
      requested: requested, isPerRun: isPerRun)
    claim.backing = backing(of: claim, spec: spec, at: places)
    return claim
  }

  private mutating func backing(
    of claim: PlannedClaim, spec: PersistentVolumeClaimSpec, at places: ClaimPlaces
  ) -> PlannedClaim.Backing {
    let name = spec.storageClassName ?? defaultClass
    guard let storageClass = classes[name] else {
      return refuse(
        "the claim '\(claim.name)' asks for the StorageClass '\(name)', which does not exist",
        at: places.className,
        suggestion: nearestName(to: name, in: classes.keys).map { "did you mean '\($0)'?" } ?? known
      )
    }
    switch storageClass.provisioner.value {
    case "efs.csi.aws.com":
      return .fileSystem(fileSystem(of: storageClass))
    case "ebs.csi.aws.com", "kubernetes.io/aws-ebs":
      if claim.accessModes.contains("ReadWriteMany") || claim.accessModes.contains("ReadOnlyMany") {
        return refuse(
          "the claim '\(claim.name)' wants \(claim.accessModes.joined(separator: ", ")), but the "
            + "StorageClass '\(name)' makes EBS volumes, which one node mounts at a time",
          at: places.accessModes, suggestion: "use a class of efs.csi.aws.com, or ReadWriteOnce")
      }
      return block(claim, storageClass)
    default:
      return refuse(
        "the StorageClass '\(name)' has the provisioner '\(storageClass.provisioner.value)', which "
          + "is not simulated", at: storageClass.provisioner.location,
        suggestion: "known are efs.csi.aws.com, ebs.csi.aws.com and kubernetes.io/aws-ebs")
    }
  }

  private func block(_ claim: PlannedClaim, _ storageClass: StorageClass) -> PlannedClaim.Backing {
    let size = max(1, Int((Double(claim.requested.count) / 1_073_741_824).rounded(.up)))
    func given(_ name: String) -> Located<Int>? {
      storageClass.parameters[name].flatMap(Int.init).map { Located($0, at: storageClass.location) }
    }
    let perGiB = given("iopsPerGB").map { Located($0.value * size, at: $0.location) }
    let volume = BlockVolume.make(
      kind: storageClass.parameters["type"] ?? "gp3", sizeGiB: size,
      iops: given("iops") ?? perGiB, throughputMiBps: given("throughput"),
      at: storageClass.location, sink: sink)
    return .block(volume, waitsForFirstConsumer: storageClass.waitsForFirstConsumer)
  }

  private func refuse(
    _ reason: String, at location: SourceLocation, suggestion: String?
  ) -> PlannedClaim.Backing {
    sink.warning(
      "W0331", "\(reason); the claim stays unbound and its pods wait until they time out",
      at: location, suggestion: suggestion)
    return .unprovisionable(reason)
  }

  private mutating func fileSystem(of storageClass: StorageClass) -> Int {
    let id = storageClass.parameters["fileSystemId"] ?? "efs"
    if let known = systemByID[id] { return known }
    var compiler = FileSystemCompiler(input: input, region: region, zones: zones, sink: sink)
    fileSystems.append(compiler.make(name: id, at: storageClass.location))
    systemByID[id] = fileSystems.count - 1
    return fileSystems.count - 1
  }
}
