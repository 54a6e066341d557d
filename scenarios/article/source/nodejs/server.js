const express = require("express");

const app = express();
const port = process.env.PORT || 8080;

app.get("/", (request, response) => {
  response.json({ message: "hello", architecture: process.arch });
});

app.listen(port, () => console.log(`listening on ${port}`));
