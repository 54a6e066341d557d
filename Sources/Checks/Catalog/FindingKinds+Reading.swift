import GantryModel

extension FindingKinds {
  /// Kinds of findings of reading files: their syntax, and which objects they hold.
  static let reading: [FindingKind] = [
    FindingKind(
      "E0001", "not valid YAML or JSON",
      """
      A file that does not parse says nothing: no object in it can be read, and whatever refers to \
      one of them cannot be found.
      """,
      remedy: """
        mend the syntax at the place shown; put texts that contain ': ' or begin with a special \
        character in quotes
        """),
    FindingKind(
      "E0002", "not a UTF-8 text file",
      """
      YAML and JSON are read as UTF-8. Another encoding or a binary file under a manifest's name \
      would be misread in silence.
      """,
      remedy: "save the file as UTF-8, or leave it out"),
    FindingKind(
      "E0003", "file too large",
      """
      No manifest has that size; it is most likely a log or an archive. A limit keeps one file \
      from using up the memory.
      """,
      remedy: "leave the file out, or split it into several"),
    FindingKind(
      "E0004", "nested too deeply",
      """
      No manifest is nested that deeply; most often a generator went round in circles. A limit \
      keeps one file from exhausting the stack.
      """,
      remedy: "flatten the document, or mend what generated it"),
    FindingKind(
      "E0005", "aliases repeat too many values",
      """
      Aliases that repeat aliases grow without bound (the 'billion laughs' attack), so that their \
      number is limited.
      """,
      remedy: "write the values out, or split the document"),
    FindingKind(
      "E0006", "an alias names no anchor",
      """
      '*name' stands for the value marked '&name' earlier in the same document; anchors of other \
      documents do not count.
      """,
      remedy: "define the anchor above in the same document, or write the value itself"),
    FindingKind(
      "E0007", "a key is written twice",
      """
      Kubernetes would keep one of the values and drop the other without a word; which one depends \
      on the tool.
      """,
      remedy: "keep one of them"),
    FindingKind(
      "E0008", "a merge key without a mapping",
      """
      '<<' puts the entries of another mapping into this one; a list or a single value has none.
      """,
      remedy: "give '<<' an alias of a mapping, or a list of such aliases"),
    FindingKind(
      "E0009", "a key is not a text",
      """
      Objects of Kubernetes are JSON underneath, and keys in JSON are texts. An unquoted '{{ value \
      }}' of a template is read as such a key.
      """,
      remedy: "put the key, or the value that begins with a brace or bracket, in quotes"),
    FindingKind(
      "E0010", "a number that JSON cannot hold",
      """
      YAML's infinity and not-a-number have no form in JSON, into which Kubernetes turns every \
      manifest.
      """,
      remedy: "write a finite number, or a text in quotes"),
    FindingKind(
      "E0011", "value of the wrong type",
      """
      The API server, and gantry, accept a field only in its declared type. YAML reads an unquoted \
      1.20 as a number, and an unquoted true or null is no text either.
      """,
      remedy: """
        write the type that the message names; put texts that look like numbers in quotes
        """),
    FindingKind(
      "E0012", "unknown field",
      """
      Nothing would read it: most often it is misspelt, or indented under the wrong parent, and \
      the setting that was meant is lost.
      """,
      remedy: "correct the spelling or the indentation, or remove the field"),
    FindingKind(
      "E0013", "required field missing",
      "The object means nothing without this field; the API server would refuse it too.",
      remedy: "add the field"),
    FindingKind(
      "E0014", "not a Kubernetes object",
      """
      Every object names its 'apiVersion' and 'kind'; a file without them that was given by name \
      is not a manifest.
      """,
      remedy: "add apiVersion and kind, or leave the file out"),
    FindingKind(
      "E0015", "a folder without manifests",
      """
      The folder was named as input, but nothing in it is a manifest. A result without it would \
      answer another question.
      """,
      remedy: "name the folder that holds Pipelines, Tasks or MachineSets"),
    FindingKind(
      "E0016", "a resource of the kustomization does not exist",
      """
      A kustomization lists its files by path relative to itself; a missing one leaves out objects \
      that are meant to be there.
      """,
      remedy: "correct the path, or remove the entry"),
    FindingKind(
      "E0017", "API group without such a kind",
      """
      A kind exists only in its own API group. A cluster answers 'no matches for kind' and creates \
      nothing.
      """,
      remedy: "write the apiVersion that belongs to the kind"),
    FindingKind(
      "E0018", "kind not supported in this version",
      """
      Fields move between versions of an API; a version that gantry does not know would be \
      misread.
      """,
      remedy: "write a version that the message names"),
    FindingKind(
      "N0001", "a hidden folder was not read",
      """
      Hidden folders are skipped; '.tekton' holds the PipelineRuns of Pipelines as Code, which one \
      may want to simulate.
      """,
      remedy: "name the folder on the command line to read it"),
    FindingKind(
      "W0001", "a template was skipped",
      """
      A file with '{{' that is not YAML is a template of Helm or another tool; its objects exist \
      only once it is rendered.
      """,
      remedy: "render it first, for example with 'helm template', and name the output"),
    FindingKind(
      "W0002", "a remote resource is not read",
      """
      gantry fetches nothing. Objects that a kustomization takes from a URL are missing from the \
      simulation.
      """,
      remedy: "download it, and list the file instead"),
    FindingKind(
      "W0003", "a kustomization is applied in part",
      """
      Only its resources are read. Patches, generators and name changes could turn them into other \
      objects than those simulated.
      """,
      remedy: "read the output of 'kustomize build' instead"),
    FindingKind(
      "W0004", "an object is there twice",
      """
      Two objects of one kind and name differ. As with 'kubectl apply', the later one wins; the \
      earlier one is a leftover or was meant for elsewhere.
      """,
      remedy: "delete or rename one of them"),
    FindingKind(
      "E0080", "a dump of runs with something else in it",
      "Calibration reads objects and lists of objects as kubectl prints them.",
      remedy: "dump with kubectl get pipelineruns,taskruns,pods,nodes -o json"),
    FindingKind(
      "E0081", "a time that cannot be read",
      "Kubernetes writes times as RFC 3339; how long something took follows from them alone.",
      remedy: "write something like 2026-01-31T08:00:00Z"),
    FindingKind(
      "E0082", "a dump of runs without a TaskRun",
      "Only TaskRuns have the times of steps, so that there is nothing to fit.",
      remedy: "dump TaskRuns too: kubectl get pipelineruns,taskruns,pods,nodes -o json"),
    FindingKind(
      "E0338", "nothing to check",
      """
      The files are there, but no object is in them, so that neither a mistake nor its absence means \
      anything.
      """,
      remedy: "name files or folders with Tekton's objects, a scenario, or files of a cluster"),
    FindingKind(
      "W0339", "a dump of runs without instance types",
      """
      A step's time is carried to another instance type by the two types' speeds. Where the dump tells \
      of no machine, the fit holds for those that the runs had, whichever these were.
      """,
      remedy: "add the cluster's nodes and pods: kubectl get nodes,pods -o json, with --nodes"),
  ]
}
