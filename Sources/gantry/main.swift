import GantryCommands

await Program.run()
