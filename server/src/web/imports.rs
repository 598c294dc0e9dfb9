//! Imports under way in this process: whoever comes to a file's page meanwhile sees how far it is.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use app::rules::id::ImportId;

use crate::store::Progress;

/// Where an import stands.
#[derive(Debug, Clone)]
pub enum Stands {
    /// Under way.
    UnderWay(Progress),
    /// It has ended and brought nothing in: what is stored had changed, or the store failed.
    Nothing,
}

/// All of them. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct Imports(Arc<Mutex<HashMap<ImportId, Stands>>>);

/// Says that an import is under way, until it is let go.
#[derive(Debug)]
pub struct UnderWay {
    imports: Imports,
    import: ImportId,
    /// How far it has come.
    pub progress: Progress,
}

impl Imports {
    /// Begins an import, unless it is under way already.
    #[must_use]
    pub fn begin(&self, import: &ImportId) -> Option<UnderWay> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(Stands::UnderWay(_)) = all.get(import) {
            return None;
        }
        let progress = Progress::default();
        all.insert(import.clone(), Stands::UnderWay(progress.clone()));
        Some(UnderWay { imports: self.clone(), import: import.clone(), progress })
    }

    /// Where an import stands, if it was begun here. That it brought nothing in is told once.
    #[must_use]
    pub fn of(&self, import: &ImportId) -> Option<Stands> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match all.get(import)? {
            Stands::UnderWay(progress) => Some(Stands::UnderWay(progress.clone())),
            Stands::Nothing => all.remove(import),
        }
    }
}

impl UnderWay {
    /// It has brought its file in: the store knows the rest.
    pub fn done(self) {
        self.imports.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.import);
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        let mut all = self.imports.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(stands) = all.get_mut(&self.import) {
            *stands = Stands::Nothing;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_import_is_begun_once_and_what_came_of_it_is_told_once() {
        let (imports, import) = (Imports::default(), ImportId::from_bytes([7; 16]));
        let under_way = imports.begin(&import);
        assert!(imports.begin(&import).is_none() && matches!(imports.of(&import), Some(Stands::UnderWay(_))));
        drop(under_way);
        assert!(matches!(imports.of(&import), Some(Stands::Nothing)) && imports.of(&import).is_none());
        imports.begin(&import).unwrap().done();
        assert!(imports.of(&import).is_none());
    }
}
