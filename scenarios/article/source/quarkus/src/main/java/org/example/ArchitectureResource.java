package org.example;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Says which architecture it runs on. */
@Path("/")
public class ArchitectureResource {
  @GET
  public String show() {
    return System.getProperty("os.arch") + "\n";
  }
}
