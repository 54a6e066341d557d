import GantryModel

// Every field of a scenario file, once: reading, `--set`, the JSON Schema and `gantry scenario
// show` all follow these tables.

/// The tables of all mappings of a scenario file.
enum ScenarioFields {
  static let file = FieldTable<ScenarioFile>(
    name: "scenario",
    description: "A gantry scenario: which pipelines run on which cluster, when and how often.",
    fields: [
      .text("name", \.name, .init("A short name for outputs and the store.")),
      .plainText("description", \.description, .init("The question that the scenario answers.")),
      .texts(
        "manifests", \.manifests,
        .init(
          "Files and folders with Tekton manifests, relative to this file.",
          default: "the folder of this file")),
      .texts(
        "cluster", \.cluster,
        .init(
          "Files and folders that describe the cluster (install-config, MachineSets, "
            + "StorageClasses, or a dump of a live one), relative to this file.",
          default: "the built-in reference cluster")),
      .text(
        "region", \.region,
        .init(
          "The AWS region.", default: "that of the install-config or MachineSets, else eu-west-3")),
      .object(
        "controlPlane", \.controlPlane, pool, .init("The control-plane nodes.")
      ) { .init(location: $0) },
      .pools(
        "nodes", \.nodes, pool,
        .init(
          "Worker pools by name; a name that the MachineSets give is refined, others are added.")),
      .group("storage", \.storage, storage, .init("File systems and storage classes.")),
      .group("network", \.network, network, .init("Parts of the network that are billed.")),
      .group("registry", \.registry, registry, .init("Registries in the cluster.")),
      .group("tekton", \.tekton, tekton, .init("Tekton's version and switches.")),
      .text(
        "kubernetesVersion", \.kubernetesVersion,
        .init(
          "The Kubernetes version whose scheduler decides, such as '1.28'; it changes where pods are "
            + "placed and nothing else.", default: "1.28")),
      .text(
        "tektonVersion", \.tektonVersion,
        .init(
          "The Tekton Pipelines release, such as '0.59' or 'v1.15.0'. Releases before 1.0 follow "
            + "the rules of 0.59, others those of 1.15.",
          default: "what the manifests need"), shape: .text(.tektonRelease)),
      .text(
        "openshiftPipelinesVersion", \.openshiftPipelinesVersion,
        .init(
          "The OpenShift Pipelines release, such as '1.14': stands for the Tekton it ships.",
          default: "none"), shape: .text(.openShiftPipelinesRelease)),
      .objects(
        "workload", \.workload, workload,
        .init("Which PipelineRuns are created when.", default: "every PipelineRun found, once")
      ) { .init(location: $0) },
      .whole("seed", \.seed, .init("The seed of the random numbers.")),
      .whole(
        "replications", \.replications, .init("How often the simulation is repeated."),
        minimum: 1),
      .text(
        "horizon", \.horizon,
        .init("When the simulation stops, a duration.", default: "when all runs have ended"),
        shape: .text(.duration)),
      .objects(
        "profiles", \.profiles, profile,
        .init("The work of steps, instead of what gantry reads in their scripts.")
      ) { .init(task: Located("", at: $0), location: $0) },
      .texts(
        "profileFiles", \.profileFiles,
        .init(
          "Files with profiles, such as 'gantry calibrate' writes, relative to this file; "
            + "'profiles' wins over them.")),
      .objects("images", \.images, image, .init("Sizes of container images.")) {
        .init(name: Located("", at: $0))
      },
      .overrides(
        "assumptions", \.assumptions, .init("Values of assumptions by their id."),
        minimum: -Double.greatestFiniteMagnitude),
      .overrides(
        "prices", \.prices,
        .init(
          "Prices and other catalogue figures by their id, such as natGateway.hour, in dollars."),
        minimum: 0),
      .settings(
        "results", \.results,
        .init("Values that task results take, as '<pipeline task>.<result>'.")),
      .settings(
        "sources", \.sources,
        .init(
          "Folders that hold what Git repositories hold, by URL, relative to this file: sizes and "
            + "Containerfiles are read there.")),
      .axes(
        "axes", \.axes,
        .init(
          "Fields by their path, such as nodes.arm64.count, with the values that `gantry sweep` "
            + "tries: a list, or a range such as 1..6 or 1..9:2.")),
    ])

  static let pool = FieldTable<ScenarioFile.PoolSettings>(
    name: "pool", description: "Nodes of one kind.",
    fields: [
      .text("type", \.type, .init("The EC2 instance type, such as m6g.2xlarge.")),
      .whole("count", \.count, .init("The number of nodes.")),
      .texts(
        "zones", \.zones,
        .init("Zones, in full (eu-west-3a) or as a letter; nodes are dealt over them in turn.")),
      .object("rootVolume", \.rootVolume, volume, .init("The nodes' root volume.")) { _ in
        .init()
      },
      .settings("labels", \.labels, .init("Labels of the nodes.")),
      .texts(
        "taints", \.taints, .init("Taints of the nodes, as key=value:Effect."),
        shape: .text(.taint)),
      .flag("spot", \.spot, .init("Whether the nodes are spot instances.", default: "false")),
      .text(
        "containerStorage", \.containerStorage,
        .init(
          "Where containers and emptyDir volumes lie: the root volume, or the local disks of types "
            + "such as m6gd.2xlarge.", default: "rootVolume"),
        shape: .choice(["rootVolume", "localDisk"])),
      .flag(
        "schedulable", \.schedulable,
        .init(
          "Whether pods may run on control-plane nodes.",
          default: "true for a cluster without workers")),
      .number(
        "platformLoad", \.platformLoad,
        .init("Processor time that the platform itself uses on each node, in vCPU.")),
    ])

  static let volume = FieldTable<ScenarioFile.VolumeSettings>(
    name: "volume", description: "An EBS root volume.",
    fields: [
      .text(
        "type", \.type, .init("The volume type."), shape: .choice(["gp2", "gp3", "io1", "io2"])),
      .whole("sizeGiB", \.sizeGiB, .init("The size in GiB."), minimum: 1),
      .whole("iops", \.iops, .init("Provisioned IOPS (gp3, io1, io2)."), minimum: 1),
      .whole(
        "throughputMiBps", \.throughputMiBps, .init("Provisioned throughput in MiB/s (gp3)."),
        minimum: 1),
    ])

  static let network = FieldTable<ScenarioFile.NetworkSettings>(
    name: "network", description: "Parts of the network that are billed.",
    fields: [
      .whole("natGateways", \.natGateways, .init("The number of NAT gateways.")),
      .whole("loadBalancers", \.loadBalancers, .init("The number of load balancers.")),
      .whole(
        "publicIPv4Addresses", \.publicIPv4Addresses, .init("The number of public IPv4 addresses.")
      ),
    ])

  static let tekton = FieldTable<ScenarioFile.TektonSettings>(
    name: "tekton", description: "Tekton's version and switches.",
    fields: [
      .text(
        "version", \.version,
        .init("The same as tektonVersion.", default: "that of the scenario"),
        shape: .text(.tektonRelease)),
      .settings(
        "featureFlags", \.featureFlags,
        .init("Entries of the ConfigMap feature-flags, such as coschedule: disabled.")),
      .group(
        "performance", \.performance, performance,
        .init("Workers, client and replicas of Tekton's controllers.")),
    ])

  static let performance = FieldTable<ControllerSettings>(
    name: "performance",
    description: "Workers, client and replicas of Tekton's controllers, named as in TektonConfig.",
    fields: [
      .whole(
        "threadsPerController", \.threadsPerController,
        .init("Workers of each controller in each replica.", default: "2"), minimum: 1),
      .number(
        "kubeAPIQPS", \.kubeAPIQPS,
        .init(
          "Requests a second of a replica's client; Tekton doubles them. Without it Tekton makes "
            + "20 of 5, as 10 would.", default: "10")),
      .whole(
        "kubeAPIBurst", \.kubeAPIBurst,
        .init("Requests of a replica's client at once; Tekton doubles them.", default: "10"),
        minimum: 1),
      .whole(
        "replicas", \.replicas, .init("Replicas of the controllers.", default: "1"), minimum: 1),
      .whole(
        "buckets", \.buckets,
        .init(
          "Parts of the work, each for one replica, from 1 to 10.", default: "1"), minimum: 1),
      .flag(
        "disableHA", \.disablesHA, .init("Whether replicas do without leader election.")),
    ])

  static let workload = FieldTable<ScenarioFile.WorkloadEntry>(
    name: "workload", description: "One kind of PipelineRun and its times.",
    fields: [
      .text(
        "pipelineRun", \.pipelineRun,
        .init(
          "A PipelineRun's name or generateName, or its Pipeline's name.",
          default: "every PipelineRun found")),
      .whole(
        "count", \.count, .init("How many are created.", default: "1"), minimum: 1),
      .text(
        "every", \.every, .init("One every so often, a duration."), shape: .text(.duration)),
      .number(
        "ratePerHour", \.ratePerHour, .init("Poisson arrivals with this mean number an hour.")),
      .texts(
        "times", \.times, .init("Times after the start, as durations."), shape: .text(.duration)),
      .text(
        "csv", \.csv,
        .init("A CSV file whose first column has times: seconds, or RFC 3339.")),
      .text(
        "start", \.start,
        .init(
          "When the entry starts, a duration after the start of the simulation.", default: "0s"),
        shape: .text(.duration)),
      .text(
        "businessHours", \.businessHours,
        .init("Hours in which runs are created, such as '08:00-18:00 weekdays'."),
        shape: .text(.businessHours)),
    ])

  static let image = FieldTable<ScenarioFile.ImageSettings>(
    name: "image", description: "The size of a container image.",
    fields: [
      .requiredText("name", \.name, .init("The reference as steps and Containerfiles write it.")),
      .number(
        "compressedMiB", \.compressedMiB, .init("MiB that a pull transfers.")),
      .number("unpackedMiB", \.unpackedMiB, .init("MiB on the node's disk.")),
      .number("files", \.files, .init("The number of files.")),
      .texts(
        "architectures", \.architectures,
        .init("The architectures that it exists for.", default: "both"),
        shape: .choice(["amd64", "arm64"])),
    ])
}
