/** What the route table says for programs and for people. */
@NullMarked
package dev.pawl.http.docs;

import org.jspecify.annotations.NullMarked;
