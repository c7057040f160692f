/** Fakes of the stores that the API reaches past the services. */
package dev.pawl.http.fake;
