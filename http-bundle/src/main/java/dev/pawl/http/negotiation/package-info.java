/** The types and encodings of answers that clients accept. */
@NullMarked
package dev.pawl.http.negotiation;

import org.jspecify.annotations.NullMarked;
