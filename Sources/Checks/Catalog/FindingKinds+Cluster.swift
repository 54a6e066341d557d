import GantryModel

extension FindingKinds {
  /// Kinds of findings of making the cluster: region, machines, zones, network.
  static let cluster: [FindingKind] = [
    FindingKind(
      "E0300", "unknown region",
      """
      Instance types, zones and prices belong to a region; without a known one none of them can be \
      looked up.
      """,
      remedy: "write a region of the catalogue, such as eu-west-3"),
    FindingKind(
      "E0301", "a node count out of range",
      """
      A pool has at least no node; the upper limit is far above what Kubernetes is made for, and \
      keeps out slips of the pen.
      """,
      remedy: "write a count from 0 to 100000"),
    FindingKind(
      "E0302", "not a taint",
      """
      A taint is a key with an effect, and mostly a value; a node without the one that was meant \
      would take other pods.
      """,
      remedy: "write key=value:Effect with NoSchedule, PreferNoSchedule or NoExecute"),
    FindingKind(
      "E0303", "several install-configs",
      """
      An install-config describes one cluster, and a simulation has one; machines of two would be \
      mixed up.
      """,
      remedy: "keep one install-config per scenario"),
    FindingKind(
      "E0304", "architecture and instance type contradict each other",
      """
      An instance type has one architecture. The installer would refuse the pool, or its machines \
      would not boot.
      """,
      remedy: "write an instance type of that architecture, or correct the architecture"),
    FindingKind(
      "E0305", "a node without its instance type",
      """
      Speed and price of a node follow from its instance type, which the AWS provider writes into \
      a label of every node.
      """,
      remedy: """
        add the label node.kubernetes.io/instance-type, or dump the nodes of the cluster again
        """),
    FindingKind(
      "E0306", "a cluster without nodes",
      "There is nothing for pods to run on.",
      remedy: "give a pool of 'nodes' a type and a count above 0"),
    FindingKind(
      "E0307", "a pool without an instance type",
      """
      A pool that the cluster's manifests do not have is new, and nothing else tells what its \
      machines are.
      """,
      remedy: "give it a 'type', or write the name of an existing pool to change that one"),
    FindingKind(
      "E0308", "a zone of another region",
      "A region has its own zones, and machines and volumes can be in no others.",
      remedy: "write a zone of the region"),
    FindingKind(
      "E0310", "an instance type that cannot be used",
      """
      The type is unknown, is not offered in the region, or has no price there, so that neither \
      its speed nor its bill can be given.
      """,
      remedy: "write a type that 'gantry catalog list' shows for the region"),
    FindingKind(
      "E0311", "containers on a local disk that the type does not have",
      """
      Only some instance types have disks of their own; on others there is nothing but EBS to keep \
      containers on.
      """,
      remedy: "choose a type with local disks, such as m6gd.2xlarge, or leave containerStorage out"),
    FindingKind(
      "W0309", "an instance type not offered in its zone",
      """
      AWS does not offer every type in every zone, and the letters of zones differ between \
      accounts; where a type is not offered, a MachineSet gets no machines.
      """,
      remedy: "choose one of the zones that the message names, or another type"),
    FindingKind(
      "W0311", "a pool whose name looks like another's",
      """
      A name that no pool has makes a new pool beside the others. If one of those was to be \
      changed, the cluster is now larger and the change is lost.
      """,
      remedy: "write the existing pool's name to change it"),
    FindingKind(
      "W0312", "machines of another region were moved",
      """
      The scenario's region wins over that of the machines, so that they are taken to stand in the \
      zone with the same letter.
      """,
      remedy: "change the region in the manifests too, or leave the scenario's out"),
  ]
}
