/** Documentation made from the route table, for programs and for people. */
@NullMarked
package dev.pawl.http.docs;

import org.jspecify.annotations.NullMarked;
