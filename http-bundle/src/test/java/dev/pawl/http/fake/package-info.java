/** Stand-ins for the parts that the API calls. */
package dev.pawl.http.fake;
