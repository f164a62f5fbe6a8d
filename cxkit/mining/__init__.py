"""Text mining, offline: clauses, embeddings, polarity with calibrated confidence, themes, keyphrases. No file of a client is read here."""
