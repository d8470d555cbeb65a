// What scripts say of a change by its verb, for the server's sentences to be compared with: JSON on stdout.

import { Messages } from "../../static/js/data/messages.js";
import { sentences } from "../../static/js/ui/sentences.js";

process.stdout.write(JSON.stringify(sentences(new Messages("en"))));
