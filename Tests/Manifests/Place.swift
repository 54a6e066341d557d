import GantryModel

/// A place in an input; the testing library has a type of the same name.
typealias Place = GantryModel.SourceLocation
