/** Fakes of the stores that the API calls directly. */
package dev.pawl.http.fake;
