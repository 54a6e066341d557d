import GantryCommands

await GantryCommand.main()
